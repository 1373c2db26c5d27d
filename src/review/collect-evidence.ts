import { anchorRange, type Anchored } from "../core/anchor.ts";
import type { Candidate, Severity } from "../core/candidate.ts";
import type { ChangedFile } from "../core/change.ts";
import type { Evidence, Judged, LineRange, QuoteEvidence, SaidThread } from "../core/evidence.ts";
import { fingerprintOf } from "../core/fingerprint.ts";
import { splitLines } from "../core/fold-space.ts";
import { createQuoteLocator, type QuoteLocator } from "../core/locate-quote.ts";
import { matchGlobs } from "../core/match-globs.ts";
import type { ReviewPolicy } from "../core/policy.ts";
import { precisionOf } from "../core/precision.ts";
import type { ChangeTrees, TreeSide } from "./ports.ts";

export interface CollectEvidenceInput {
  readonly candidates: readonly Candidate[];
  readonly trees: Pick<ChangeTrees, "diff" | "read">;
  readonly threads: readonly SaidThread[];
  readonly policy: ReviewPolicy;
  /** Which pattern or attribute makes a path ignored; null where it is reviewed. */
  readonly ignoredBy: (path: string) => string | null;
  readonly signal: AbortSignal;
}

/**
 * Looks up what the program itself can know about each candidate. Files are read one after the other, each once, so
 * that memory holds one text however many candidates and files there are.
 */
export const collectEvidence = async (input: CollectEvidenceInput): Promise<readonly Judged[]> => {
  const places = input.candidates.map((candidate) => placeOf(candidate, input.trees.diff.files));
  const judged: (readonly [Candidate, Judged])[] = [];
  for (const group of Map.groupBy(places, ({ at, path }) => `${at}:${path}`).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const text = await readText(input, first);
    for (const place of group) judged.push([place.candidate, judge(input, place, text)]);
  }
  const byCandidate = new Map(judged);
  return input.candidates.flatMap((candidate) => byCandidate.get(candidate) ?? []);
};

/** Where a candidate's code is to be looked for: `path` is the file's in that tree. */
interface Place {
  readonly candidate: Candidate;
  readonly file: ChangedFile | null;
  readonly at: TreeSide;
  readonly path: string;
}

/** A finder may call a renamed file by either name; the tree knows it by one. */
const placeOf = (candidate: Candidate, files: readonly ChangedFile[]): Place => {
  const file =
    files.find(({ path }) => path === candidate.path) ??
    files.find(({ oldPath, status }) => oldPath === candidate.path && status === "renamed") ??
    null;
  const path = file?.path ?? candidate.path;
  return candidate.side === "LEFT"
    ? { candidate, file, at: "base", path: file?.oldPath ?? path }
    : { candidate, file, at: "head", path };
};

interface ReadText {
  readonly locate: QuoteLocator;
  readonly lines: readonly string[];
}

const readText = async ({ trees, signal }: CollectEvidenceInput, { at, path }: Place): Promise<ReadText | null> => {
  const content = await trees.read(at, path, signal);
  if (content.kind !== "text") return null;
  return { locate: createQuoteLocator(content.text), lines: splitLines(content.text) };
};

const judge = (input: CollectEvidenceInput, place: Place, text: ReadText | null): Judged => {
  const { file } = place;
  const candidate = { ...place.candidate, path: file?.path ?? place.candidate.path };
  const quote = text === null ? ({ found: "no_file" } as const) : quoteEvidence(candidate, text.locate);
  const range = "range" in quote ? quote.range : null;
  const anchored = anchorOf(file, range);
  const lines = range === null ? [] : (text?.lines.slice(range.startLine - 1, range.endLine) ?? []);
  const evidence: Evidence = {
    file,
    quote,
    anchor: "anchor" in anchored ? anchored.anchor : null,
    unanchored: "unanchored" in anchored ? anchored.unanchored : null,
    fingerprint: fingerprintOf({ candidate, file, range, lines }),
    ignoredBy: input.ignoredBy(candidate.path),
    minSeverity: minSeverityOf(candidate, input.policy),
    threads: input.threads.filter(({ path }) => path === candidate.path || path === file?.oldPath),
    facts: [],
    verifier: null,
    fix: null,
  };
  return { candidate, evidence, verdicts: [], standing: "line" };
};

const quoteEvidence = (candidate: Candidate, locate: QuoteLocator): QuoteEvidence => {
  const located = locate(candidate.quote, candidate);
  if (located.found === "nowhere") return located;
  const { startLine, endLine } = located;
  return { found: located.found, range: { path: candidate.path, side: candidate.side, startLine, endLine } };
};

const anchorOf = (file: ChangedFile | null, range: LineRange | null): Anchored => {
  if (file === null) return { unanchored: "the file is not part of this change" };
  return range === null ? { unanchored: "the quoted code was not found" } : anchorRange(file, range);
};

/** The last matching rule with a severity wins over those before it, and all of them over what is set for all paths. */
const minSeverityOf = ({ path, origin }: Candidate, policy: ReviewPolicy): Severity =>
  policy.paths.rules.findLast((rule) => rule.min_severity !== undefined && matchGlobs([rule.path])(path))
    ?.min_severity ?? precisionOf(policy).minSeverity[origin.kind];
