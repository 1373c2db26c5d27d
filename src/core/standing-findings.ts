import { severities, type Severity } from "./candidate.ts";
import type { Judged, SaidThread } from "./evidence.ts";
import { readFindingHead } from "./read-finding-head.ts";

/** A finding of an earlier round whose thread nobody has resolved. */
export interface StandingFinding {
  readonly severity: Severity;
  /** Plain text, not yet made safe; null where the comment was edited so that none can be read. */
  readonly title: string | null;
  readonly path: string;
  /** Null where the thread is outdated. */
  readonly line: number | null;
  readonly url: string;
}

/**
 * What this reviewer said in an earlier round and nobody resolved: the change is not clean while it stands. Every
 * unresolved thread with a finding of ours counts once, found again or not, because the finder is told not to repeat
 * it; an outdated one too, because lines that changed are no proof that the defect is gone. A finding that was found
 * again in a thread whose marker is lost counts as well.
 */
export const standingFindings = (round: {
  readonly threads: readonly SaidThread[];
  readonly judged: readonly Judged[];
}): readonly StandingFinding[] => {
  const standing = [...round.threads.flatMap(standingThread), ...round.judged.flatMap(foundAgain)];
  return standing
    .filter(({ url }, index) => index === standing.findIndex((other) => other.url === url))
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
};

/**
 * The least severity that stands on lines by default: enough to keep a check from being green, and not enough for an
 * edited comment to block a merge that only P0 or P1 are to block.
 */
const unreadSeverity: Severity = "P2";

const standingThread = ({ ownFinding, isResolved, path, line, url }: SaidThread): readonly StandingFinding[] => {
  if (ownFinding === null || isResolved) return [];
  const { severity, title } = readFindingHead(ownFinding) ?? { severity: unreadSeverity, title: null };
  return [{ severity, title, path, line, url }];
};

const foundAgain = ({ candidate, verdicts }: Judged): readonly StandingFinding[] =>
  verdicts.flatMap((verdict) => {
    const saidIn = verdict.action === "drop" ? verdict.saidIn : undefined;
    if (saidIn === undefined || !saidIn.own || saidIn.isResolved) return [];
    const { severity, title, path, line } = candidate;
    return [{ severity, title, path, line, url: saidIn.url }];
  });
