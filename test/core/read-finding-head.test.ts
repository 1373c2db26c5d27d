import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { severities } from "../../src/core/candidate.ts";
import { commentBody } from "../../src/core/comment-body.ts";
import { readFindingHead } from "../../src/core/read-finding-head.ts";
import { safeLine } from "../../src/core/safe-markdown.ts";
import { someFinding } from "../fakes/finding.ts";

describe("the head of a finding's comment", () => {
  it.each([
    { head: "**P1 · Close the file**", severity: "P1", title: "Close the file" },
    { head: "**P0 · Close the file**\r\n\r\nNow.", severity: "P0", title: "Close the file" },
    { head: String.raw`**P2 · Guard a\_b &lt; c, not \*x\***`, severity: "P2", title: "Guard a_b < c, not *x*" },
    {
      head: String.raw`**P3 · Keep \` and ${"`a\\_b &lt;`"} apart**`,
      severity: "P3",
      title: "Keep ` and `a\\_b &lt;` apart",
    },
  ])("is read: $head", ({ head, severity, title }) => {
    expect(readFindingHead(head)).toEqual({ severity, title });
  });

  it.each([
    "",
    "P1 · Close the file",
    "**P4 · Close the file**",
    "**P10 · Close the file**",
    "**P1 - Close the file**",
    "**P1 · **",
    " **P1 · Close the file**",
    "**P1 · Close the file** done",
    "> **P1 · Close the file**",
    "Fixed.\n**P1 · Close the file**",
    `**P1 · ${"x".repeat(900)}**`,
  ])("is not read from %j", (body) => {
    expect(readFindingHead(body)).toBeNull();
  });

  it("says of any finding what its comment says", () => {
    const marks = constantFrom(
      "`a_b`",
      "``\\ ` &lt;``",
      "\\",
      "**",
      "_",
      "&lt;",
      "&",
      "<b>",
      "@mona",
      "#1",
      "a",
      "|",
      "$",
    );
    const titles = oneof(
      string({ maxLength: 120 }).map((text) => text.replaceAll("`", "")),
      array(marks, { maxLength: 15 }).map((all) => all.join(" ")),
    );
    assert(
      property(
        titles.filter((title) => safeLine(title, 120) !== ""),
        constantFrom(...severities),
        (title, severity) => {
          const read = readFindingHead(commentBody(someFinding({ candidate: { title, severity } }), "run-1"));
          expect(read?.severity).toBe(severity);
          expect(safeLine(read?.title ?? "", 120)).toBe(safeLine(title, 120));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
