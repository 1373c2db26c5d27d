import type { Judged } from "../core/evidence.ts";
import type { ReviewResult } from "../core/run.ts";

/** What a run tells whoever watches: the terminal, a log, a test. Telling is not part of the work and cannot fail it. */
export type RunEvent =
  | {
      readonly kind: "run_started";
      readonly runId: string;
      readonly headSha: string;
      readonly triggers: readonly string[];
    }
  | {
      readonly kind: "change_read";
      readonly files: number;
      readonly additions: number;
      readonly deletions: number;
      readonly mergeBase: string;
    }
  | { readonly kind: "context_gathered"; readonly guidelines: readonly string[]; readonly ignored: number }
  | { readonly kind: "candidates_found"; readonly agent: number; readonly rules: number }
  | { readonly kind: "pass_done"; readonly pass: "first" | "second"; readonly judged: readonly Judged[] }
  | { readonly kind: "reviewed"; readonly result: ReviewResult }
  | { readonly kind: "published"; readonly runId: string }
  | { readonly kind: "superseded"; readonly runId: string; readonly reason: string }
  | {
      readonly kind: "answered";
      readonly triggers: readonly string[];
      readonly runId: string | null;
      readonly note: string;
    };

export type Observe = (event: RunEvent) => void;
