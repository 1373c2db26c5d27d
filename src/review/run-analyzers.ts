import type { Candidate } from "../core/candidate.ts";
import { countOf } from "../core/count-of.ts";
import type { Notice } from "../core/run.ts";
import { OperationalError } from "./errors.ts";
import type { AnalyzedFile, Analyzer, AnalyzerReport } from "./ports.ts";

export interface AnalyzersResult {
  readonly candidates: readonly Candidate[];
  readonly notices: readonly Notice[];
}

/** Runs every analyzer over the files that it takes. One that fails costs its own findings, and the run says so. */
export const runAnalyzers = async (
  analyzers: readonly Analyzer[],
  files: readonly AnalyzedFile[],
  signal: AbortSignal,
): Promise<AnalyzersResult> => {
  const results = await Promise.all(analyzers.map((analyzer) => runAnalyzer(analyzer, files, signal)));
  return {
    candidates: results.flatMap(({ candidates }) => candidates),
    notices: results.flatMap(({ notices }) => notices),
  };
};

const runAnalyzer = async (
  analyzer: Analyzer,
  files: readonly AnalyzedFile[],
  signal: AbortSignal,
): Promise<AnalyzersResult> => {
  const taken = files.filter((file) => (!file.ignored || analyzer.readsIgnored) && analyzer.accepts(file.path));
  if (taken.length === 0) return { candidates: [], notices: [] };
  try {
    const { candidates, unread } = await analyzer.analyze(taken, signal);
    return { candidates, notices: unreadNotices(analyzer.name, unread) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof OperationalError)) throw error;
    const text = `The analyzer ${analyzer.name} failed, so its findings are missing: ${error.message}`;
    return { candidates: [], notices: [{ kind: "partial", text }] };
  }
};

const shownPaths = 3;
const shownReasons = 4;

/** One sentence for each reason, with the first files that it is true of. */
const unreadNotices = (name: string, unread: AnalyzerReport["unread"]): readonly Notice[] => {
  const byReason = [...Map.groupBy(unread, ({ reason }) => reason)];
  const said = byReason.slice(0, shownReasons).map(([reason, files]): Notice => {
    const paths = files.slice(0, shownPaths).map(({ path }) => `\`${path}\``);
    const more = files.length > shownPaths ? ` and ${files.length - shownPaths} more` : "";
    return { kind: "partial", text: `The analyzer ${name} did not read ${paths.join(", ")}${more}: ${reason}.` };
  });
  const others = byReason.slice(shownReasons).reduce((sum, [, files]) => sum + files.length, 0);
  if (others === 0) return said;
  return [
    ...said,
    { kind: "partial", text: `The analyzer ${name} did not read ${countOf(others, "more file")} for other reasons.` },
  ];
};
