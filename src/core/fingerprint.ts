import type { Candidate, Category } from "./candidate.ts";
import type { ChangedFile } from "./change.ts";
import { changedLineNumbers } from "./changed-lines.ts";
import type { LineRange } from "./evidence.ts";
import { foldQuote, foldSpace } from "./fold-space.ts";
import { sha256Hex } from "./sha256-hex.ts";

/**
 * A finding's identity: 32 hexadecimal digits, stable across pushes, rebases, moved and re-indented lines.
 *
 * Two findings are equal when all of these are:
 * - the file, by its path at the base where it was renamed;
 * - the side, because code that went and code that came are two things;
 * - the kind of defect: the rule for a deterministic one, else a coarse class, because a model files one and the same
 *   defect under "correctness" in one round and under "data_loss" in the next;
 * - the code: the changed lines under the quote as they stand in the tree, white space folded, without lines of mere
 *   brackets. The tree's lines and not the quote, so that quoting half a line or one bracket more changes nothing.
 *
 * No line number and no word of title or body takes part: the first move with every push, the second with every run.
 */
export const fingerprintOf = (input: {
  readonly candidate: Candidate;
  readonly file: ChangedFile | null;
  readonly range: LineRange | null;
  /** The range's lines as they stand in the tree; empty without a range. */
  readonly lines: readonly string[];
}): string => {
  const { candidate, file } = input;
  const path = file?.status === "renamed" ? (file.oldPath ?? file.path) : candidate.path;
  const identity = ["v1", path, candidate.side, defectKind(candidate), ...codeOf(input)];
  return sha256Hex(JSON.stringify(identity)).slice(0, 32);
};

/** What kind of defect it is, coarse enough to come out the same in each round. */
export const defectKind = ({ origin, category }: Candidate): string =>
  origin.kind === "rule" ? `${origin.analyzer}/${origin.rule}` : classOf[category];

const classOf: Readonly<Record<Category, string>> = {
  correctness: "behaviour",
  data_loss: "behaviour",
  concurrency: "behaviour",
  compatibility: "behaviour",
  performance: "performance",
  security: "security",
  test: "test",
  rule: "rule",
};

const codeOf = (input: Parameters<typeof fingerprintOf>[0]): readonly string[] => {
  const { range, lines, file, candidate } = input;
  if (range === null) return foldQuote(candidate.quote);
  const changed = changedLineNumbers(file, range);
  const changedCode = bearing(lines.filter((_, index) => changed.has(range.startLine + index)));
  return changedCode.length > 0 ? changedCode : bearing(lines, lines.map(foldSpace));
};

/** Folded lines that hold a letter or digit; `otherwise` when there is none. */
const bearing = (lines: readonly string[], otherwise: readonly string[] = []): readonly string[] => {
  const telling = lines.map(foldSpace).filter((line) => /[\p{L}\d]/u.test(line));
  return telling.length > 0 ? telling : otherwise;
};
