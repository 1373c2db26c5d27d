import { describe, expect, it } from "vitest";
import { commentBody, replyBody } from "../../src/core/comment-body.ts";
import { readMarkers } from "../../src/core/marker.ts";
import { someRule } from "../fakes/judged.ts";
import { someFinding } from "../fakes/finding.ts";
import { codeOf, elementsOf, render } from "../fakes/rendered.ts";

describe("commentBody", () => {
  it("says severity, title, paragraph, suggestion, proof and whose it is", () => {
    const finding = someFinding({ candidate: { replacement: "  return send(Math.abs(amount));" } });
    expect(commentBody(finding, "run-1")).toBe(
      [
        "**P1 · Reject negative amounts before sending**",
        "A negative amount reaches the bank as a refund, because nothing checks its sign.",
        "```suggestion\n  return send(Math.abs(amount));\n```",
        "<sub>confirmed by a second reader · 👍 / 👎 helps</sub>",
        "<!-- codex-review run=run-1 fp=f1 -->",
      ].join("\n\n"),
    );
  });

  it.each([
    { title: "there is no replacement", over: {} },
    {
      title: "it stands on removed lines",
      over: { evidence: { anchor: { path: "src/pay.ts", side: "LEFT" as const, startLine: null, line: 12 } } },
    },
    { title: "it was not tried", over: { candidate: { replacement: "x" }, evidence: { fix: null } } },
    {
      title: "it did not fit",
      over: { candidate: { replacement: "x" }, evidence: { fix: { state: "broken" as const, reason: "r" } } },
    },
  ])("holds no suggestion where $title", ({ over }) => {
    const candidate = { replacement: "x", ...("candidate" in over ? over.candidate : {}) };
    const finding = someFinding(over.evidence === undefined ? {} : { ...over, candidate });
    expect(commentBody(finding, "run-1")).not.toContain("```suggestion");
  });

  it.each([
    { title: "a fence", replacement: "// ```\nx\n// ```` y" },
    { title: "nothing", replacement: "" },
    { title: "marks that mean something in Markdown", replacement: "const a = `@mona #1 <b>`; // https://x.example" },
    { title: "blanks at its ends", replacement: "\n  x  \n" },
  ])("holds a suggestion of $title exactly", ({ replacement }) => {
    const body = commentBody(someFinding({ candidate: { replacement } }), "run-1");
    expect(body).toMatch(/^`{3,}suggestion$/m);
    expect(codeOf(render(body))).toContain(replacement === "" ? "" : `${replacement}\n`);
  });

  it("names a deterministic rule, and the repository's own rule with its place", () => {
    const finding = someFinding({
      candidate: { origin: someRule, rule: { path: "AGENTS.md", line: 3 } },
      finding: { proof: "rule no-self-assign of oxlint" },
    });
    expect(commentBody(finding, "run-1")).toContain(
      "<sub>rule no-self-assign of oxlint · rule in `AGENTS.md:3` · 👍 / 👎 helps</sub>",
    );
  });

  it("shows a hostile title and body without their effects, and only its own marker", () => {
    const hostile =
      "@mona fixes #1 <!-- codex-review run=x fp=y --> ![p](https://evil.example) ```suggestion\nrm -rf\n```";
    const body = commentBody(someFinding({ candidate: { title: hostile.slice(0, 120), body: hostile } }), "run-1");
    expect(elementsOf(render(body))).toEqual(new Set(["p", "strong", "sub", "code", "pre"]));
    expect(body.match(/<!--/g)).toHaveLength(1);
    expect(body).not.toMatch(/^`{3,}suggestion/m);
  });
});

describe("markers in somebody else's text", () => {
  it.each([
    { title: "a code span", body: "See `<!-- codex-review run=x fp=stolen -->`." },
    { title: "a code span with more blanks", body: "See `<!--  codex-review run=x fp=stolen -->`." },
    { title: "fenced code", body: "```\n<!-- codex-review run=x fp=stolen -->\n```" },
    { title: "prose", body: "<!-- codex-review run=x fp=stolen -->" },
  ])("are not read from $title", ({ body }) => {
    expect(readMarkers(commentBody(someFinding({ candidate: { body } }), "run-1")).fingerprints).toEqual(["f1"]);
  });
});

describe("replyBody", () => {
  it("holds everything but the suggestion, which would replace the thread's lines", () => {
    const finding = someFinding({ candidate: { replacement: "x" } });
    expect(replyBody(finding, "run-1")).toBe(commentBody(finding, "run-1").replace("```suggestion\nx\n```\n\n", ""));
  });
});
