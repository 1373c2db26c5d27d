import type { KnownFinding, Place } from "../case/read-cases.ts";

/** How many lines a remark may stand off its defect and still be about it. */
export const tolerance = 3;

interface Lines {
  readonly path: string;
  readonly startLine: number | null;
  readonly line: number | null;
}

/** Whether a finding's lines come within `slack` lines of one of a known defect's places. */
export const standsAt = (finding: Lines, known: KnownFinding, slack: number): boolean =>
  known.places.some((place) => overlaps(finding, place, slack));

const overlaps = ({ path, startLine, line }: Lines, place: Place, slack: number): boolean =>
  line !== null &&
  path === place.path &&
  (startLine ?? line) <= place.endLine + slack &&
  line >= place.startLine - slack;

/** The known defects of the finding's file: those that a judge is asked about. */
export const knownInFile = (finding: Pick<Lines, "path">, known: readonly KnownFinding[]): readonly KnownFinding[] =>
  known.filter(({ places }) => places.some(({ path }) => path === finding.path));
