import type { Finding } from "../../core/finding.ts";
import type { ReportInput } from "./report.ts";

/** The whole result as JSON: findings, every dropped candidate with its verdicts, coverage, notices, text that tries to steer the review, usage. */
export const jsonReport = ({ result }: ReportInput): string =>
  `${JSON.stringify(
    {
      version: 1,
      head: result.headSha,
      mergeBase: result.mergeBase,
      findings: result.findings.map(findingJson),
      dropped: result.judged
        .filter((judged) => judged.standing === "dropped")
        .map((judged) => ({
          title: judged.candidate.title,
          path: judged.candidate.path,
          severity: judged.candidate.severity,
          verdicts: judged.verdicts.map(({ gate, action, reason }) => ({ gate, action, reason })),
        })),
      coverage: result.coverage,
      notices: result.notices,
      steering: result.steering,
      usage: result.usage,
      model: result.model,
      promptVersion: result.promptVersion,
      verdict: result.verdict,
    },
    null,
    2,
  )}\n`;

const findingJson = (finding: Finding) => ({
  fingerprint: finding.fingerprint,
  standing: finding.standing,
  severity: finding.candidate.severity,
  category: finding.candidate.category,
  title: finding.candidate.title,
  body: finding.candidate.body,
  trigger: finding.candidate.trigger,
  path: finding.candidate.path,
  side: finding.anchor?.side ?? finding.candidate.side,
  startLine: finding.anchor?.startLine ?? finding.anchor?.line ?? finding.candidate.startLine,
  line: finding.anchor?.line ?? finding.candidate.line,
  replacement: finding.candidate.replacement,
  origin: finding.candidate.origin,
  proof: finding.proof,
  reason: finding.reason,
});
