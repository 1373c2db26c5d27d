import { anchorRange } from "../../core/anchor.ts";
import type { Candidate } from "../../core/candidate.ts";
import { changedLineNumbers } from "../../core/changed-lines.ts";
import type { ChangedFile } from "../../core/change.ts";
import type { LineRange } from "../../core/evidence.ts";
import { countOf } from "../../core/count-of.ts";
import { locateQuote } from "../../core/locate-quote.ts";
import type { ChangeTrees } from "../ports.ts";
import type { FindingInput } from "./finding-input.ts";
import { createReportedList, type Reported, type ReportedList } from "./reported-list.ts";
import { showNearest } from "./show-nearest.ts";
import { readText } from "./read-text.ts";
import { toCandidate } from "./to-candidate.ts";
import { note, type ToolAnswer } from "./tool.ts";

/**
 * What the finder reported, numbered from 1 in the order of first reports. Every report is kept: one whose quote is not
 * found waits to be mended, and stands here unless it was; one that the finder took back is told apart.
 */
export interface CandidateBook {
  readonly report: (input: FindingInput, signal: AbortSignal) => Promise<ToolAnswer>;
  readonly withdraw: (taken: { readonly number: number; readonly why: string }) => ToolAnswer;
  readonly candidates: () => readonly Candidate[];
  readonly withdrawn: () => readonly Withdrawn[];
  /** Reports that the model was asked to mend and did not mend yet. */
  readonly unmended: () => number;
  /** Reports beyond the most that one run keeps. */
  readonly overflow: () => number;
}

/** A candidate that its own finder took back before any gate saw it. */
export interface Withdrawn {
  readonly candidate: Candidate;
  readonly why: string;
}

const mostCandidates = 60;

export const createCandidateBook = (trees: ChangeTrees): CandidateBook => {
  const list = createReportedList();
  let overflow = 0;

  const report = async (input: FindingInput, signal: AbortSignal): Promise<ToolAnswer> => {
    const place = placeOf(input, trees.diff.files);
    const candidate = toCandidate(input, { id: "agent", path: place.file?.path ?? input.path });
    if (list.slotOf(candidate).number > mostCandidates) {
      overflow += 1;
      return note(`Not recorded: this review keeps ${mostCandidates} findings at most. Call finish.`);
    }
    const content = await readText(trees, { at: input.at, path: place.path }, signal);
    if ("none" in content) return refuse(list, { candidate, why: content.none, nearest: null });
    const located = locateQuote(content.text, candidate.quote, candidate);
    if (located.found === "nowhere") {
      const nearest = showNearest(content.text, located.nearest);
      return refuse(list, { candidate, why: "The quote is not in the file.", nearest });
    }
    const { startLine, endLine } = located;
    const range = { path: candidate.path, side: candidate.side, startLine, endLine };
    const reported: Reported = { candidate, range, displaced: displacement(place.file, range), state: "kept" };
    const twin = list.twinOf(reported);
    if (twin !== null)
      return note(`Duplicate of #${twin}; not recorded again. To change that one, report it under its own title.`);
    const checked = await checkEvidence(trees, candidate, signal);
    const kept = keep(list, { ...reported, candidate: checked.candidate });
    return note([`${kept}, ${remarks(reported, range)}`, ...checked.warnings].join(" "));
  };

  return {
    report,
    withdraw: (taken) => withdraw(list, taken),
    candidates: () => standing(list).map(({ candidate }) => candidate),
    withdrawn: () =>
      list
        .all()
        .flatMap(({ candidate, state }) => (typeof state === "string" ? [] : [{ candidate, why: state.withdrawn }])),
    unmended: () => list.all().filter(({ state }) => state === "waiting").length,
    overflow: () => overflow,
  };
};

const standing = (list: ReportedList): readonly Reported[] =>
  list.all().filter(({ state }) => typeof state === "string");

const keep = (list: ReportedList, reported: Reported): string => {
  const { number, before } = list.slotOf(reported.candidate);
  list.put(number, reported);
  return before === null || before.state === "waiting" ? `Recorded as #${number}` : `Recorded in place of #${number}`;
};

interface Refused {
  readonly candidate: Candidate;
  readonly why: string;
  readonly nearest: string | null;
}

/** Asks once to mend; a report that comes again with the same fault is kept as it is, for the gates to judge. */
const refuse = (list: ReportedList, { candidate, why, nearest }: Refused): ToolAnswer => {
  const { number, before } = list.slotOf(candidate);
  const reported = { candidate, range: null, displaced: why };
  if (before?.state === "waiting")
    return note(`${keep(list, { ...reported, state: "kept" })}, but it will not stand on a line: ${why}`);
  const hint = nearest === null ? "" : " The nearest lines follow.";
  const stands = before?.state === "kept";
  if (!stands) list.put(number, { ...reported, state: "waiting" });
  const rest = stands ? `#${number} stands as it was.` : `Mend it and report again, or withdraw #${number}.`;
  return { note: `Not recorded. ${why}${hint} ${rest}`, data: nearest };
};

const withdraw = (
  list: ReportedList,
  { number, why }: { readonly number: number; readonly why: string },
): ToolAnswer => {
  const reported = list.all()[number - 1];
  if (reported === undefined) return note(`There is no #${number}; the last is #${list.all().length}.`);
  list.put(number, { ...reported, state: { withdrawn: why } });
  return note(`Withdrawn: #${number}. ${countOf(standing(list).length, "finding")} left.`);
};

/** A renamed file may be called by either name; each tree knows it by one. */
const placeOf = (input: FindingInput, files: readonly ChangedFile[]) => {
  const file =
    files.find(({ path }) => path === input.path) ?? files.find(({ oldPath }) => oldPath === input.path) ?? null;
  const path = file?.path ?? input.path;
  return { file, path: input.at === "head" ? path : (file?.oldPath ?? path) };
};

const linesOf = ({ startLine, endLine }: LineRange): string =>
  startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;

const displacement = (file: ChangedFile | null, range: LineRange): string | null => {
  if (file === null) return "The file is not part of this change, so it goes to the summary.";
  const anchored = anchorRange(file, range);
  if ("unanchored" in anchored) return `No comment can stand there (${anchored.unanchored}): it goes to the summary.`;
  return changedLineNumbers(file, range).size > 0 ? null : "The change touches none of these lines.";
};

const remarks = ({ candidate, displaced }: Reported, range: LineRange): string =>
  [
    `quote found at ${linesOf(range)}.`,
    ...(displaced === null
      ? []
      : [`${displaced} If a changed line causes it, report it again with that line as quote.`]),
    ...(candidate.replacement === null ? [] : [`The replacement takes the place of ${linesOf(range)} whole.`]),
  ].join(" ");

/** Evidence that is not in its file proves nothing and is taken off. */
const checkEvidence = async (trees: ChangeTrees, candidate: Candidate, signal: AbortSignal) => {
  const found: Candidate["evidence"][number][] = [];
  for (const piece of candidate.evidence) if (await stands(trees, piece, signal)) found.push(piece);
  const missing = candidate.evidence.length - found.length;
  return {
    candidate: { ...candidate, evidence: found },
    warnings:
      missing === 0
        ? []
        : [`${missing} of ${candidate.evidence.length} evidence quotes are not in their files and were taken off.`],
  };
};

const stands = async (
  trees: ChangeTrees,
  { path, quote }: Candidate["evidence"][number],
  signal: AbortSignal,
): Promise<boolean> => {
  const content = await readText(trees, { at: "head", path }, signal);
  return !("none" in content) && locateQuote(content.text, quote, { startLine: null, line: null }).found !== "nowhere";
};
