import { anchorRange } from "../../core/anchor.ts";
import type { Candidate } from "../../core/candidate.ts";
import { changedLineNumbers } from "../../core/changed-lines.ts";
import type { ChangedFile } from "../../core/change.ts";
import type { LineRange } from "../../core/evidence.ts";
import { locateQuote } from "../../core/locate-quote.ts";
import { rangesOverlap } from "../../core/range-of.ts";
import { contentWords, overlap } from "../../core/words.ts";
import type { ChangeTrees } from "../ports.ts";
import type { FindingInput } from "./finding-input.ts";
import { showNearest } from "./show-nearest.ts";
import { readText } from "./read-text.ts";
import { toCandidate } from "./to-candidate.ts";
import { note, type ToolAnswer } from "./tool.ts";

/** What the finder reported. Every report is kept: one whose quote is not found stands here unless it was mended. */
export interface CandidateBook {
  readonly report: (input: FindingInput, signal: AbortSignal) => Promise<ToolAnswer>;
  readonly candidates: () => readonly Candidate[];
  /** Reports that the model was asked to mend and did not mend yet. */
  readonly unmended: () => number;
  /** Reports beyond the most that one run keeps. */
  readonly overflow: () => number;
}

const mostCandidates = 60;
const similarTitle = 0.5;

interface Kept {
  readonly candidate: Candidate;
  readonly range: LineRange | null;
  /** Why it cannot stand on the line that it quotes, or stands badly there; null where all is well. */
  readonly displaced: string | null;
}

export const createCandidateBook = (trees: ChangeTrees): CandidateBook => {
  const kept: Kept[] = [];
  let pending: readonly Candidate[] = [];
  let overflow = 0;

  const keep = (entry: Kept): string => {
    pending = pending.filter((other) => !isSameReport(other, entry.candidate));
    const moved = kept.findIndex((other) => other.displaced !== null && isSameReport(other.candidate, entry.candidate));
    const index = moved === -1 ? kept.length : moved;
    kept[index] = { ...entry, candidate: { ...entry.candidate, id: idOf(index) } };
    return moved === -1 ? `Recorded as #${index + 1}` : `Recorded in place of #${index + 1}`;
  };

  const report = async (input: FindingInput, signal: AbortSignal): Promise<ToolAnswer> => {
    if (kept.length >= mostCandidates) {
      overflow += 1;
      return note(`Not recorded: this review keeps ${mostCandidates} findings at most. Call finish.`);
    }
    const place = placeOf(input, trees.diff.files);
    const candidate = toCandidate(input, { id: "agent", path: place.file?.path ?? input.path });
    const content = await readText(trees, { at: input.at, path: place.path }, signal);
    if ("none" in content) return refuse(candidate, content.none);
    const located = locateQuote(content.text, candidate.quote, candidate);
    if (located.found === "nowhere")
      return refuse(candidate, "The quote is not in the file.", showNearest(content.text, located.nearest));
    const { startLine, endLine } = located;
    const range = { path: candidate.path, side: candidate.side, startLine, endLine };
    const entry = { candidate, range, displaced: displacement(place.file, range) };
    const twin = kept.findIndex((other) => isTwin(other, entry));
    if (twin !== -1) return note(`Duplicate of #${twin + 1}; not recorded again.`);
    const checked = await checkEvidence(trees, candidate, signal);
    return note(
      [`${keep({ ...entry, candidate: checked.candidate })}, ${remarks(entry, range)}`, ...checked.warnings].join(" "),
    );
  };

  /** Asks once to mend; a report that comes again with the same fault is kept as it is, for the gates to judge. */
  const refuse = (candidate: Candidate, why: string, nearest: string | null = null): ToolAnswer => {
    const again = pending.some((other) => isSameReport(other, candidate));
    if (again)
      return note(`${keep({ candidate, range: null, displaced: why })}, but it will not stand on a line: ${why}`);
    pending = [...pending, candidate];
    const hint = nearest === null ? "" : " The nearest lines follow.";
    return { note: `Not recorded. ${why}${hint} Mend it and report again.`, data: nearest };
  };

  return {
    report,
    candidates: () => [
      ...kept.map(({ candidate }) => candidate),
      ...pending.map((candidate, index) => ({ ...candidate, id: idOf(kept.length + index) })),
    ],
    unmended: () => pending.length,
    overflow: () => overflow,
  };
};

const idOf = (index: number): string => `agent-${index + 1}`;

/** A renamed file may be called by either name; each tree knows it by one. */
const placeOf = (input: FindingInput, files: readonly ChangedFile[]) => {
  const file =
    files.find(({ path }) => path === input.path) ?? files.find(({ oldPath }) => oldPath === input.path) ?? null;
  const path = file?.path ?? input.path;
  return { file, path: input.at === "head" ? path : (file?.oldPath ?? path) };
};

const isSameReport = (a: Candidate, b: Candidate): boolean => a.path === b.path && titlesAlike(a, b);

const titlesAlike = (a: Candidate, b: Candidate): boolean =>
  a.title === b.title || overlap(contentWords(a.title), contentWords(b.title)) >= similarTitle;

const isTwin = (a: Kept, b: Kept): boolean => rangesOverlap(a.range, b.range) && titlesAlike(a.candidate, b.candidate);

const linesOf = ({ startLine, endLine }: LineRange): string =>
  startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;

const displacement = (file: ChangedFile | null, range: LineRange): string | null => {
  if (file === null) return "The file is not part of this change, so it goes to the summary.";
  const anchored = anchorRange(file, range);
  if ("unanchored" in anchored) return `No comment can stand there (${anchored.unanchored}): it goes to the summary.`;
  return changedLineNumbers(file, range).size > 0 ? null : "The change touches none of these lines.";
};

const remarks = ({ candidate, displaced }: Kept, range: LineRange): string =>
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
