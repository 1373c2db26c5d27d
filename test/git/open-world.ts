import { setTimeout } from "node:timers/promises";
import { createMirrors } from "../../src/git/mirrors.ts";
import type { MirrorOptions } from "../../src/git/mirrors.ts";
import type { ChangeSource, Clock } from "../../src/review/ports.ts";
import { gitEnv } from "./git-world.ts";

export const realClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};

/** Mirrors that may fetch from the disk, and that fail a test when their upkeep does. */
export const testMirrors = (dir: string, over: Partial<MirrorOptions> = {}) =>
  createMirrors({
    dir,
    maxBytes: 1e9,
    environment: gitEnv,
    clock: realClock,
    onUpkeepFailed: (error) => {
      throw error;
    },
    protocols: ["file"],
    ...over,
  });

export const sourceOf = (
  commits: { readonly headSha: string; readonly baseSha: string },
  over: { readonly repositoryId?: number; readonly number?: number } = {},
): ChangeSource => ({
  ref: { installationId: 1, repositoryId: 7, owner: "o", name: "r", number: 1, ...over },
  baseRef: "main",
  ...commits,
});
