import type { FailOn } from "./report/report.ts";

export type Format = "text" | "json" | "sarif" | "markdown";

/** The flags of `codex-review review`. */
export interface ReviewOptions {
  readonly base?: string;
  readonly head?: string;
  readonly focus?: string;
  readonly security?: boolean;
  readonly format: Format;
  readonly failOn: FailOn;
  readonly post?: boolean;
  readonly dryRun?: boolean;
}
