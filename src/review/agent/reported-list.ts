import type { Candidate } from "../../core/candidate.ts";
import type { LineRange } from "../../core/evidence.ts";
import { rangesOverlap } from "../../core/range-of.ts";
import { contentWords, overlap } from "../../core/words.ts";

/** One report. Its number is its place in the list, from 1, and never changes. */
export interface Reported {
  readonly candidate: Candidate;
  readonly range: LineRange | null;
  /** Why it cannot stand on the line that it quotes, or stands badly there; null where all is well. */
  readonly displaced: string | null;
  /** A waiting one was sent back to be mended. */
  readonly state: "kept" | "waiting" | { readonly withdrawn: string };
}

export interface ReportedList {
  readonly all: () => readonly Reported[];
  /** Where a report would go, and what stands there. */
  readonly slotOf: (candidate: Candidate) => { readonly number: number; readonly before: Reported | null };
  /** The number of another report of the same defect, which is not replaced by this one. */
  readonly twinOf: (reported: Reported) => number | null;
  readonly put: (number: number, reported: Reported) => void;
}

const similarTitle = 0.5;

/** What one finder reported, in the order of first reports. */
export const createReportedList = (): ReportedList => {
  const list: Reported[] = [];
  return {
    all: () => list,
    slotOf: (candidate) => {
      const index = slotIn(list, candidate);
      return { number: index + 1, before: list[index] ?? null };
    },
    twinOf: (reported) => {
      const twin = list.findIndex((other) => isTwin(other, reported));
      return twin === -1 ? null : twin + 1;
    },
    put: (number, reported) => {
      list[number - 1] = { ...reported, candidate: { ...reported.candidate, id: `agent-${number}` } };
    },
  };
};

/**
 * The same title in the same file takes its earlier place; a like one takes the place of a report that waits to be
 * mended or stands badly; any other comes last.
 */
const slotIn = (list: readonly Reported[], candidate: Candidate): number => {
  const same = list.findIndex((other) => isCorrection(other.candidate, candidate));
  const waiting = list.findIndex(({ state, candidate: other }) => state === "waiting" && isSimilar(other, candidate));
  const badly = list.findIndex(
    ({ state, displaced, candidate: other }) => state === "kept" && displaced !== null && isSimilar(other, candidate),
  );
  return [same, waiting, badly].find((found) => found !== -1) ?? list.length;
};

/** The same defect under another title. */
const isTwin = (a: Reported, b: Reported): boolean =>
  a.state === "kept" &&
  !isCorrection(a.candidate, b.candidate) &&
  rangesOverlap(a.range, b.range) &&
  isSimilar(a.candidate, b.candidate);

const isCorrection = (a: Candidate, b: Candidate): boolean => a.path === b.path && a.title === b.title;

const isSimilar = (a: Candidate, b: Candidate): boolean =>
  a.path === b.path && (a.title === b.title || overlap(contentWords(a.title), contentWords(b.title)) >= similarTitle);
