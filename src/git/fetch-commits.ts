import type { ChangeSource, GitAccess } from "../review/ports.ts";
import type { GitDirectory, NetworkAccess } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import { runGit } from "./run-git.ts";

/** The references that a mirror keeps for a pull request: what they point to was fetched in full. */
export const headRef = (source: ChangeSource): string => `refs/pull/${source.ref.number}/head`;
export const baseRef = (source: ChangeSource): string => `refs/pull/${source.ref.number}/base`;

/** The last base that was fetched for any pull request: what to tell the server that we have. */
const latestRef = "refs/latest/base";

export interface FetchWish {
  readonly source: ChangeSource;
  readonly access: GitAccess;
  /** Protocols that git may speak to `access.url`. */
  readonly protocols: readonly string[];
}

/**
 * Fetches the request's two commits with their history. GitHub's base repository serves them by id, also for forks and
 * for forks that are gone; a server that refuses an id is asked for its references, which may have moved on.
 */
export const fetchCommits = async (directory: GitDirectory, wish: FetchWish, signal: AbortSignal): Promise<void> => {
  const { source } = wish;
  try {
    await fetchInto(directory, { ...wish, head: source.headSha, base: source.baseSha }, signal);
  } catch (error) {
    if (!isRefusedId(error)) throw error;
    await fetchInto(directory, { ...wish, head: headRef(source), base: `refs/heads/${source.baseRef}` }, signal);
    await checkArrived(directory, source, signal);
  }
};

const checkArrived = async (directory: GitDirectory, source: ChangeSource, signal: AbortSignal): Promise<void> => {
  const input = `${source.headSha}\n${source.baseSha}\n`;
  const { stdout } = await runGit(directory, { args: ["cat-file", "--batch-check"], input }, signal);
  const [, missing] = /^(\S+) missing$/m.exec(stdout.toString("latin1")) ?? [];
  if (missing !== undefined)
    throw new GitError("missing_commit", `the server does not have commit ${missing} any more`);
};

const isRefusedId = (error: unknown): boolean =>
  error instanceof GitError && (error.kind === "missing_commit" || error.kind === "unadvertised");

const fetchInto = async (
  directory: GitDirectory,
  { source, access, protocols, head, base }: FetchWish & { readonly head: string; readonly base: string },
  signal: AbortSignal,
): Promise<void> => {
  const args = [
    ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"],
    ["--negotiation-tip=refs/latest/*", `--negotiation-tip=refs/pull/${source.ref.number}/*`],
    ["--", access.url, `+${head}:${headRef(source)}`, `+${base}:${baseRef(source)}`, `+${base}:${latestRef}`],
  ].flat();
  await runGit(directory, { args, network: networkOf(access, protocols) }, signal);
};

/** The token is sent to the server that it is meant for and to no other. */
const networkOf = ({ url, authorization }: GitAccess, protocols: readonly string[]): NetworkAccess => {
  const { protocol, origin } = new URL(url);
  const name = protocol.replace(":", "");
  if (!protocols.includes(name)) throw new GitError("refused", `git may not fetch by ${name}`);
  const header = authorization === null ? [] : [`Authorization: ${authorization}`];
  return { protocol: name, settings: header.map((value) => [`http.${origin}/.extraHeader`, value] as const) };
};
