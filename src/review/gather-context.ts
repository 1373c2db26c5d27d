import { addedLines } from "../core/diff/added-lines.ts";
import type { Guideline } from "../core/brief.ts";
import type { ChangedFile } from "../core/change.ts";
import { assembleGuidelines, guidelinePaths } from "../core/guidelines.ts";
import { classifyFiles, type ClassifiedFiles } from "../core/ignored-files.ts";
import type { Notice } from "../core/run.ts";
import type { AnalyzedFile, Analyzer } from "./ports.ts";
import type { ReviewInput } from "./review-input.ts";

/** What is known of a change before anybody looks for defects in it. */
export interface ReviewContext extends ClassifiedFiles {
  readonly attributed: ReadonlyMap<string, "generated" | "vendored">;
  readonly guidelines: readonly Guideline[];
  readonly notices: readonly Notice[];
  /** Texts of the files that analyzers read. */
  readonly analyzed: readonly AnalyzedFile[];
}

/** Reads guidelines and attributes from the base, sorts the files, and fetches the texts that analyzers want. */
export const gatherContext = async (
  analyzers: readonly Analyzer[],
  input: ReviewInput,
  signal: AbortSignal,
): Promise<ReviewContext> => {
  const { trees, policy } = input;
  const { files } = trees.diff;
  const attributed = await trees.attributed(
    files.map(({ path }) => path),
    signal,
  );
  const classified = classifyFiles(files, { policy, attributed });
  const guidelines = await readGuidelines(input, classified.review, signal);
  const analyzed = await readAnalyzed(analyzers, { input, ...classified }, signal);
  return { ...classified, ...guidelines, analyzed, attributed };
};

const readGuidelines = async (
  { trees, policy }: ReviewInput,
  files: readonly ChangedFile[],
  signal: AbortSignal,
): Promise<{ readonly guidelines: readonly Guideline[]; readonly notices: readonly Notice[] }> => {
  const paths = guidelinePaths(
    policy.guidelines,
    files.map(({ path }) => path),
  );
  const texts: { path: string; text: string }[] = [];
  for (const path of paths) {
    const content = await trees.readBaseTip(path, signal);
    if (content.kind === "text") texts.push({ path, text: content.text });
  }
  return { guidelines: assembleGuidelines(texts), notices: guidelineNotices(trees.diff.files, texts) };
};

/** A pull request that edits the rules is judged by the old ones, and is told so. */
const guidelineNotices = (
  files: readonly ChangedFile[],
  texts: readonly { readonly path: string }[],
): readonly Notice[] => {
  const rules = new Set([".github/codex-review.yml", ...texts.map(({ path }) => path)]);
  return files
    .filter(({ path }) => rules.has(path))
    .map(({ path }) => ({
      kind: "guideline",
      text: `This change edits \`${path}\`; that takes effect after the merge.`,
    }));
};

interface Reading extends ClassifiedFiles {
  readonly input: ReviewInput;
}

/** Files are read one after the other: the reader is one process, and memory holds only what some analyzer takes. */
const readAnalyzed = async (
  analyzers: readonly Analyzer[],
  { input, review, ignored }: Reading,
  signal: AbortSignal,
): Promise<readonly AnalyzedFile[]> => {
  const ignoredPaths = new Set(ignored.map(({ path }) => path));
  const wanted = input.trees.diff.files.filter(({ path }) => {
    const isIgnored = ignoredPaths.has(path);
    return analyzers.some((analyzer) => (!isIgnored || analyzer.readsIgnored) && analyzer.accepts(path));
  });
  const reviewed = new Set(review.map(({ path }) => path));
  const analyzed: AnalyzedFile[] = [];
  for (const file of wanted) {
    const one = await readOne(input, file, signal);
    if (one !== null) analyzed.push({ ...one, ignored: !reviewed.has(file.path) });
  }
  return analyzed;
};

const readOne = async (
  { trees }: ReviewInput,
  file: ChangedFile,
  signal: AbortSignal,
): Promise<Omit<AnalyzedFile, "ignored"> | null> => {
  if (file.status === "deleted" || file.hunks.length === 0) return null;
  const head = await trees.read("head", file.path, signal);
  if (head.kind !== "text" || head.truncated) return null;
  const base = file.status === "added" ? null : await trees.read("base", file.oldPath ?? file.path, signal);
  const baseText = base?.kind === "text" ? base.text : null;
  return { path: file.path, text: head.text, baseText, addedLines: addedLines(file) };
};
