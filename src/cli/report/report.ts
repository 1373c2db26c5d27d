import type { Severity } from "../../core/candidate.ts";
import type { ReviewResult } from "../../core/run.ts";

/** What every report is made from. `sources` holds the head's text of the files that findings stand in. */
export interface ReportInput {
  readonly title: string;
  readonly result: ReviewResult;
  readonly sources: ReadonlyMap<string, string>;
  /** Where permalinks of the Markdown report lead. */
  readonly repositoryUrl: string;
}

export type FailOn = Severity | "never";

/** 1 where a finding on a line stands at or above `failOn`, else 0. */
export const exitCodeOf = (result: ReviewResult, failOn: FailOn): 0 | 1 => {
  if (failOn === "never") return 0;
  const failing = result.findings.some(
    (finding) => finding.standing === "line" && finding.candidate.severity <= failOn,
  );
  return failing ? 1 : 0;
};
