import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createCodeHost } from "../../src/github/create-code-host.ts";
import type { GitHubAuth } from "../../src/github/tokens.ts";
import { expectOk, type LiveClient } from "./live-client.ts";
import { openAccess } from "./open-access.ts";
import { baseFiles, headFiles } from "./sample-change.ts";
import type { Stage } from "./stage.ts";

export interface LiveOptions {
  readonly apiUrl: string;
  readonly gitUrl: string;
  readonly auth: GitHubAuth;
  readonly owner: string;
  readonly name: string;
  /** Tells this run's branches from those of others. */
  readonly suffix: string;
}

const shaAnswer = z.object({ sha: z.string() });
const repositoryAnswer = z.object({ id: z.int(), default_branch: z.string() });
const refAnswer = z.object({ object: shaAnswer });
const pullAnswer = z.object({ number: z.int() });

/** Makes two branches and a draft pull request in a scratch repository. */
export const openLiveStage = async (options: LiveOptions): Promise<Stage> => {
  const { owner, name } = options;
  const repositoryPath = `/repos/${owner}/${name}`;
  const access = await openAccess(options);
  const { client } = access;
  const repository = repositoryAnswer.parse(expectOk(await client.rest("GET", repositoryPath)));
  const app = access.app === null ? null : await access.app(repository.id);
  const base = `codex-review-live-base-${options.suffix}`;
  const head = `codex-review-live-head-${options.suffix}`;
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
  };
  const branch = async (ref: string, from: string, files: Readonly<Record<string, string>>) => {
    const sha = await commitFiles(client, { repositoryPath, from, files });
    expectOk(await client.rest("POST", `${repositoryPath}/git/refs`, { ref: `refs/heads/${ref}`, sha }));
    undo.push(() => client.rest("DELETE", `${repositoryPath}/git/refs/heads/${ref}`));
    return sha;
  };
  try {
    const tip = await client.rest("GET", `${repositoryPath}/git/ref/heads/${repository.default_branch}`);
    const baseSha = await branch(base, refAnswer.parse(expectOk(tip)).object.sha, baseFiles);
    const headSha = await branch(head, baseSha, headFiles);
    const draft = { title: "A check of codex-review", body: "Closed by itself.", head, base, draft: true };
    const { number } = pullAnswer.parse(expectOk(await client.rest("POST", `${repositoryPath}/pulls`, draft)));
    const pullPath = `${repositoryPath}/pulls/${number}`;
    undo.push(() => client.rest("PATCH", pullPath, { state: "closed" }));
    const ref = { installationId: access.installationId, repositoryId: repository.id, owner, name, number };
    const host = createCodeHost({ ...options, clock, random: Math.random, userAgent: "codex-review-live" });
    return { ref, headSha, headRef: head, client, host, app, repositoryPath, pullPath, pause, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const pause = (): Promise<void> => sleep(3000);

const clock = {
  now: () => new Date(),
  sleep: (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }),
};

const commitFiles = async (
  client: LiveClient,
  commit: {
    readonly repositoryPath: string;
    readonly from: string;
    readonly files: Readonly<Record<string, string>>;
  },
): Promise<string> => {
  const { repositoryPath, from, files } = commit;
  const tree = Object.entries(files).map(([path, content]) => ({ path, mode: "100644", type: "blob", content }));
  const made = await client.rest("POST", `${repositoryPath}/git/trees`, { base_tree: from, tree });
  const body = { message: "A check of codex-review", tree: shaAnswer.parse(expectOk(made)).sha, parents: [from] };
  return shaAnswer.parse(expectOk(await client.rest("POST", `${repositoryPath}/git/commits`, body))).sha;
};
