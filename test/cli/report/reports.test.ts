import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonReport } from "../../../src/cli/report/json-report.ts";
import { markdownReport } from "../../../src/cli/report/markdown-report.ts";
import { plainText } from "../../../src/cli/report/plain-text.ts";
import { exitCodeOf, type ReportInput } from "../../../src/cli/report/report.ts";
import { sarifReport } from "../../../src/cli/report/sarif-report.ts";
import { textReport } from "../../../src/cli/report/text-report.ts";
import type { Finding } from "../../../src/core/finding.ts";
import { noUsage } from "../../../src/core/run.ts";
import { someFinding, summaryFinding } from "../../fakes/finding.ts";

/** Control characters but line feeds, and marks that change the direction. */
// oxlint-disable-next-line no-control-regex -- control characters are what this expression is about
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

const reportOf = (...findings: readonly Finding[]): ReportInput => ({
  title: "Review of shop",
  result: {
    runId: "r1",
    headSha: "b".repeat(40),
    mergeBase: "a".repeat(40),
    findings,
    judged: findings.map(({ judged }) => judged),
    standing: [],
    coverage: [{ path: "src/pay.ts", read: "full", reason: null }],
    notices: [],
    steering: { listed: [], more: 0 },
    usage: noUsage,
    model: "a-model",
    promptVersion: "1",
    effort: null,
    verdict: null,
  },
  sources: new Map([["src/pay.ts", Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join("\n")]]),
  repositoryUrl: "https://github.com/acme/shop",
});

const escape = "\u001b";
/** Clears a screen, sets a title, and turns what follows around. */
const hostile = `pay${escape}[2J${escape}]0;owned\u0007 \u202egnp.exe\u0000\r`;

describe("a report for the terminal", () => {
  it("shows a line's neighbours and marks the line", () => {
    const text = textReport(reportOf(someFinding()), { color: false });
    expect(text).toContain("src/pay.ts:12\n     11 | line 11\n>    12 | line 12\n     13 | line 13\n");
    expect(text).toContain("1 finding in 1 changed file.");
  });

  it("obeys no control character of a model, a path or a file, and colours only by itself", () => {
    const candidate = { title: hostile, body: hostile, path: hostile, replacement: hostile };
    const report = reportOf(someFinding({ candidate }), summaryFinding("unconfirmed", hostile, { candidate }));
    const sources = new Map([["src/pay.ts", hostile.repeat(20)]]);
    const coverage = [{ path: hostile, read: "none" as const, reason: hostile }];
    const notices = [{ kind: "model" as const, text: hostile }];
    const result = { ...report.result, coverage, notices, model: hostile };
    const whole = { ...report, title: hostile, sources, result };
    expect(textReport(whole, { color: false })).not.toMatch(unsafe);
    const colored = textReport(whole, { color: true })
      .split(new RegExp(`${escape}\\[\\d+m`))
      .join("");
    expect(colored).not.toMatch(unsafe);
  });

  it("keeps lines and tabs, and shows the rest as it is written in code", () => {
    expect(plainText(`a\tb\r\nc${escape}[1m\u202e`)).toBe("a\tb\nc\\u001b[1m\\u202e");
  });
});

/** The part of https://docs.oasis-open.org/sarif/sarif/v2.1.0/ that is written; anything else is refused. */
const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z.array(z.strictObject({ id: z.string(), shortDescription: z.strictObject({ text: z.string() }) })),
        }),
      }),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          level: z.enum(["none", "note", "warning", "error"]),
          message: z.strictObject({ text: z.string().min(1) }),
          partialFingerprints: z.record(z.string(), z.string()),
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                // RFC 3986, relative, without anything that would have to be escaped.
                artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w\-.~!'()*%/]+$/) }),
                region: z
                  .strictObject({ startLine: z.int().min(1), endLine: z.int().min(1) })
                  .refine(({ startLine, endLine }) => startLine <= endLine)
                  .optional(),
              }),
            }),
          ),
        }),
      ),
    }),
  ]),
});
const sarifOf = (...findings: readonly Finding[]) =>
  sarifSchema.parse(JSON.parse(sarifReport(reportOf(...findings)))).runs[0];

describe("a SARIF report", () => {
  it("names each rule once and the lines of each finding", () => {
    const origin = { kind: "rule", analyzer: "ruff", rule: "F632" } as const;
    const { tool, results } = sarifOf(
      someFinding({ candidate: { origin, severity: "P2" } }),
      someFinding({ candidate: { origin, severity: "P2" } }),
      someFinding({ candidate: { severity: "P0", category: "security" } }),
    );
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["ruff/F632", "review/security"]);
    expect(results.map(({ level }) => level)).toEqual(["warning", "warning", "error"]);
    expect(results[0]?.locations[0]?.physicalLocation.region).toEqual({ startLine: 12, endLine: 12 });
  });

  it("takes what stands in the summary alone for a note", () => {
    expect(sarifOf(summaryFinding("unconfirmed", "not verified")).results[0]?.level).toBe("note");
  });

  it.each([
    ["src/a b#c?.ts", "src/a%20b%23c%3F.ts"],
    ["docs/größe.md", "docs/gr%C3%B6%C3%9Fe.md"],
  ])("escapes the path %s", (path, uri) => {
    const [result] = sarifOf(someFinding({ candidate: { path } })).results;
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it("gives no region of today's file to a finding on a removed line", () => {
    const [result] = sarifOf(someFinding({ candidate: { side: "LEFT" } })).results;
    expect(result?.locations[0]?.physicalLocation.region).toBeUndefined();
  });

  it("is whole without any finding", () => {
    expect(sarifOf().results).toEqual([]);
  });
});

describe("the other reports", () => {
  it("holds in JSON what was dropped, and why", () => {
    const kept = someFinding();
    const verdict = { gate: "scope", action: "drop", reason: "the line is old" } as const;
    const dropped = { ...kept.judged, standing: "dropped" as const, verdicts: [verdict] };
    const report = reportOf(kept);
    const json: unknown = JSON.parse(
      jsonReport({ ...report, result: { ...report.result, judged: [kept.judged, dropped] } }),
    );
    expect(json).toMatchObject({ version: 1, findings: [{ line: 12 }], dropped: [{ verdicts: [verdict] }] });
  });

  it("links in Markdown to the reviewed commit and pings nobody", () => {
    const text = markdownReport(reportOf(someFinding({ candidate: { body: "Ask @alice, fixes #1." } })));
    expect(text).toContain(`https://github.com/acme/shop/blob/${"b".repeat(40)}/src/pay.ts#L12`);
    const [prose] = text.split("```text");
    expect(prose).not.toContain("@alice");
  });
});

const line = (severity: "P0" | "P1" | "P2" | "P3") => someFinding({ candidate: { severity } });

describe("the exit code", () => {
  it.each([
    ["never", [line("P0")], 0],
    ["P1", [line("P0")], 1],
    ["P1", [line("P1")], 1],
    ["P1", [line("P2"), line("P3")], 0],
    ["P3", [summaryFinding("unconfirmed", "not verified")], 0],
    ["P3", [], 0],
  ] as const)("with --fail-on %s", (...row) => {
    const [failOn, findings, code] = row;
    expect(exitCodeOf(reportOf(...findings).result, failOn)).toBe(code);
  });
});
