import type { Severity } from "./candidate.ts";
import type { ReviewResult } from "./run.ts";

/** A finding of an earlier round that this round found again and kept silent about. */
export interface StandingFinding {
  readonly severity: Severity;
  readonly title: string;
  readonly url: string;
}

/**
 * What this reviewer said in an earlier round, nobody resolved, and still stands at this head. It is not said again,
 * but the change is not clean while it stands.
 */
export const standingFindings = ({ judged }: Pick<ReviewResult, "judged">): readonly StandingFinding[] =>
  judged.flatMap(({ candidate, verdicts }) =>
    verdicts.flatMap((verdict) =>
      verdict.action === "drop" && verdict.saidIn?.own === true && !verdict.saidIn.isResolved
        ? [{ severity: candidate.severity, title: candidate.title, url: verdict.saidIn.url }]
        : [],
    ),
  );
