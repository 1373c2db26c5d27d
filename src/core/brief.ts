import type { Candidate } from "./candidate.ts";
import type { ChangedFile } from "./change.ts";
import type { SaidThread } from "./evidence.ts";
import type { LinkedIssue } from "./pull-request.ts";
import type { Surroundings } from "./surroundings.ts";

/** A guideline file of the base branch. */
export interface Guideline {
  readonly path: string;
  readonly text: string;
  readonly truncated: boolean;
}

interface BundleOfChange {
  readonly number: number;
  readonly of: number;
  readonly allFiles: readonly ChangedFile[];
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
  /** Issues that the change says it closes. */
  readonly linkedIssues: readonly LinkedIssue[];
  /** What the requester asked to look at, null for a plain review. */
  readonly focus: string | null;
  readonly mode: "review" | "security";
  readonly guidelines: readonly Guideline[];
  readonly pathInstructions: readonly { readonly path: string; readonly instructions: string }[];
  /** The language findings are written in, as a BCP 47 tag. */
  readonly language: string;
  /** The files that this reader is to read: all of the change, or one bundle of it. */
  readonly files: readonly ChangedFile[];
  /** Where the change is read in several bundles: which one this is (from 1), and all files of the change. */
  readonly bundle: BundleOfChange | null;
  readonly surroundings: Surroundings;
  /** One answer is to be enough, as for a change of documentation. */
  readonly quick: boolean;
  readonly ignored: readonly { readonly path: string; readonly reason: string }[];
  readonly openThreads: readonly SaidThread[];
  /** What analyzers found before; the finder need not repeat it. */
  readonly analyzerFindings: readonly Candidate[];
}
