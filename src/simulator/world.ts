import { randomBytes, randomUUID } from "node:crypto";
import type { Limits } from "./limits.ts";
import type { State } from "./state.ts";
import type { ReadPullDiff } from "./git/pull-diff.ts";
import type { GitProgram } from "./git/run-git.ts";

/** What `announce` is given: one webhook event, its payload complete. */
export interface WebhookEvent {
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** State together with the outside that acting on it needs. */
export interface World {
  readonly state: State;
  readonly limits: Limits;
  readonly git: GitProgram;
  readonly readDiff: ReadPullDiff;
  readonly dir: string;
  /** `http://127.0.0.1:PORT`, without a final slash. */
  readonly url: string;
  readonly now: () => Date;
  readonly nextId: () => number;
  readonly announce: (event: WebhookEvent) => void;
}

/** GitHub's timestamps have no fractions of a second. */
export const timestamp = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, "Z");

export const stamp = (world: World): string => timestamp(world.now());

export const newGuid = (): string => randomUUID();

export const newSecret = (prefix: string): string => prefix + randomBytes(24).toString("hex");
