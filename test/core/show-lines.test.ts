import { describe, expect, it } from "vitest";
import { showLine, withoutNumbers } from "../../src/core/show-lines.ts";

describe("lines shown to the model", () => {
  it("carry number, mark and bar before the line itself", () => {
    expect(showLine({ number: 12, mark: "+", text: "  return a;" })).toBe("   12 +|  return a;");
  });

  it("are cut when they are very long, and say so", () => {
    expect(showLine({ number: 1, mark: " ", text: "x".repeat(600) })).toContain("x… [100 more characters]");
  });

  it.each([
    { what: "numbered lines", quote: "   12 +|  a\n   13  |  b", code: "  a\n  b" },
    { what: "numbered lines with a blank one", quote: "12  |a\n\n13  |b", code: "a\n\nb" },
    { what: "code alone", quote: "a | b\nc", code: "a | b\nc" },
    { what: "code with a number in front on one line only", quote: "12  |a\nb", code: "12  |a\nb" },
  ])("give back the code from $what", ({ quote, code }) => {
    expect(withoutNumbers(quote)).toBe(code);
  });
});
