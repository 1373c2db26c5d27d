import { describe, expect, it } from "vitest";
import { truncateLines, truncateText } from "../../src/core/truncate.ts";

describe("truncateText", () => {
  it("leaves a text that fits as it is", () => {
    expect(truncateText("abc", 3)).toBe("abc");
  });

  it("says how many characters are missing", () => {
    expect(truncateText("abcdef", 4)).toBe("abcd… [2 more characters]");
  });

  it("cuts before a pair of surrogates and not through it", () => {
    expect(truncateText("ab😀cd", 3)).toBe("ab… [4 more characters]");
  });
});

describe("truncateLines", () => {
  it.each([
    { lines: [], max: 10, kept: 0 },
    { lines: ["abc", "def"], max: 8, kept: 2 },
    { lines: ["abc", "def"], max: 7, kept: 1 },
    { lines: ["a line longer than that", "b"], max: 4, kept: 1 },
  ])("keeps $kept of $lines in $max characters", ({ lines, max, kept }) => {
    expect(truncateLines(lines, max)).toEqual({ lines: lines.slice(0, kept), left: lines.length - kept });
  });
});
