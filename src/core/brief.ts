import type { Candidate } from "./candidate.ts";
import type { ChangedFile } from "./change.ts";
import type { SaidThread } from "./evidence.ts";

/** A guideline file of the base branch. */
export interface Guideline {
  readonly path: string;
  readonly text: string;
  readonly truncated: boolean;
}

/**
 * Everything that the finder is told about a change before it reads. `guidelines` and `pathInstructions` come from the
 * base and are the repository's own word; title, body, commit messages, file names, threads and code are not.
 */
export interface ReviewBrief {
  readonly runId: string;
  readonly title: string;
  readonly body: string;
  readonly commitMessages: readonly string[];
  /** What the requester asked to look at, null for a plain review. */
  readonly focus: string | null;
  readonly mode: "review" | "security";
  readonly guidelines: readonly Guideline[];
  readonly pathInstructions: readonly { readonly path: string; readonly instructions: string }[];
  /** The language findings are written in, as a BCP 47 tag. */
  readonly language: string;
  readonly files: readonly ChangedFile[];
  readonly ignored: readonly { readonly path: string; readonly reason: string }[];
  readonly openThreads: readonly SaidThread[];
  /** What analyzers found before; the finder need not repeat it. */
  readonly analyzerFindings: readonly Candidate[];
}
