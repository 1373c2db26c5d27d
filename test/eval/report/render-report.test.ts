import { describe, expect, it } from "vitest";
import { judgementKey } from "../../../eval/judge/judgement.ts";
import { renderReport } from "../../../eval/report/render-report.ts";
import type { AboutRun } from "../../../eval/run/result.ts";
import { scoreCase } from "../../../eval/score/score-case.ts";
import { someClaim, someResult } from "../score/some-result.ts";

const about: AboutRun = {
  kind: "review",
  created: "2026-11-23T00:00:00.000Z",
  answeredBy: "a script",
  note: "",
  model: "scripted",
  verifier: "scripted",
  api: "responses",
  promptVersion: "v1",
  cases: "eval/cases",
  policy: null,
  settings: {},
};

const claim = someClaim({ line: 2, title: "Close <script>alert(1)</script>", body: '`a` & "b"' });
const dropped = someClaim({ id: "c2", line: 9, title: "Dropped", gates: { refute: "drop" } });
const known = [
  { id: "k0", severity: "P1", counts: true, text: "the bug", places: [{ path: "a.ts", startLine: 2, endLine: 2 }] },
  { id: "k1", severity: "P2", counts: true, text: "another", places: [{ path: "a.ts", startLine: 30, endLine: 30 }] },
] as const;
const judgements = {
  [judgementKey("one", claim)]: {
    case: "one",
    title: "",
    worth: "bug" as const,
    reason: "it fails",
    same: ["k0"],
    by: "judge",
    rubric: "",
    date: "",
  },
};

describe("the report of a run", () => {
  const result = someResult({ candidates: [dropped, claim] });
  const scored = scoreCase({ id: "one", clean: false, known }, result, judgements);
  const page = renderReport(about, [{ scored, known, sources: new Map([["a.ts", "one\nif (a < b) {\nthree\n"]]) }]);

  it("shows a comment in its code, with what was said of it", () => {
    expect(page).toContain('<span class="marked">    2 if (a &lt; b) {</span>');
    expect(page).toContain("Judged bug by judge: it fails");
    expect(page).toContain("refute: drop, so");
    expect(page.indexOf("Close ")).toBeLessThan(page.indexOf("Dropped"));
  });

  it("names what was found and what was missed", () => {
    expect(page).toMatch(/<li class="found">\s+found: k0 P1/);
    expect(page).toMatch(/<li class="missed">\s+not found: k1 P2/);
  });

  it("draws precision and recall of each cut", () => {
    expect(page).toContain('aria-label="On lines after each gate"');
    // One of two known defects: half as high as the chart.
    expect(page).toMatch(/<rect class="r" x="\d+" width="26" y="96" height="80" \/>/);
    expect(page).not.toContain("NaN");
  });

  it("lets nothing that somebody wrote become markup", () => {
    expect(page).not.toContain("<script");
    expect(page).toContain("Close &lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("`a` &amp; &quot;b&quot;");
  });
});
