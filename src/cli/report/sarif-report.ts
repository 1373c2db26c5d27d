import type { Severity } from "../../core/candidate.ts";
import type { Finding } from "../../core/finding.ts";
import type { ReportInput } from "./report.ts";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  P0: "error",
  P1: "error",
  P2: "warning",
  P3: "note",
};

/** SARIF 2.1.0 for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarifReport = ({ result }: ReportInput): string =>
  `${JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "codex-review", rules: rulesOf(result.findings) } },
          results: result.findings.map(resultOf),
        },
      ],
    },
    null,
    2,
  )}\n`;

const ruleId = ({ candidate }: Finding): string =>
  candidate.origin.kind === "rule"
    ? `${candidate.origin.analyzer}/${candidate.origin.rule}`
    : `review/${candidate.category}`;

const rulesOf = (findings: readonly Finding[]) =>
  [...new Set(findings.map(ruleId))].map((id) => ({ id, shortDescription: { text: id } }));

const resultOf = (finding: Finding) => ({
  ruleId: ruleId(finding),
  level: finding.standing === "line" ? levels[finding.candidate.severity] : "note",
  message: { text: `${finding.candidate.title}. ${finding.candidate.body}` },
  partialFingerprints: { "codexReview/v1": finding.fingerprint },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: finding.candidate.path.split("/").map(encodeURIComponent).join("/") },
        ...regionOf(finding),
      },
    },
  ],
});

// A region names lines of the file as it is now, so a finding on the old side has none.
const regionOf = ({ anchor, candidate }: Finding) => {
  if (candidate.side === "LEFT") return {};
  const endLine = anchor?.line ?? candidate.line;
  if (endLine === null) return {};
  return { region: { startLine: anchor?.startLine ?? candidate.startLine ?? endLine, endLine } };
};
