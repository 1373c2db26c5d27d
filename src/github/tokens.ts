import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/rest";
import { untilAborted } from "../core/until-aborted.ts";
import type { RepositoryRef } from "../core/pull-request.ts";
import { CodeHostError } from "../review/errors.ts";
import { retryRead, type Patience } from "./retry-read.ts";
import { toCodeHostError } from "./to-code-host-error.ts";

/** What a token is for. Each has the permissions of its step alone, so what reads holds nothing that writes. */
export type Step = "git" | "read" | "check" | "publish";

/** Conversation comments and reactions belong to `issues`, also on a pull request. */
const permissions: Readonly<Record<Step, Readonly<Record<string, "read" | "write">>>> = {
  git: { contents: "read" },
  read: { contents: "read", pull_requests: "read", issues: "read" },
  check: { checks: "write" },
  publish: { pull_requests: "write", issues: "write" },
};

/** A token must outlive the request, or the fetch, that it is handed to. */
const leastLifeMs = 5 * 60_000;

export type GitHubAuth =
  | { readonly kind: "app"; readonly appId: number | string; readonly privateKey: string }
  | { readonly kind: "token"; readonly token: string };

export interface Tokens {
  readonly get: (ref: RepositoryRef, step: Step, signal: AbortSignal) => Promise<string>;
  /** A token in place of one that GitHub answered with 401; null where there is no other. */
  readonly renew: (ref: RepositoryRef, step: Step, signal: AbortSignal) => Promise<string | null>;
}

/**
 * Tokens for one repository and one step. An App's are cached, shared by concurrent callers and renewed five minutes
 * before their end; a plain token (command line) is used as it is.
 */
export const createTokens = (auth: GitHubAuth, request: Octokit["request"], patience: Patience): Tokens => {
  if (auth.kind === "token") return { get: () => Promise.resolve(auth.token), renew: () => Promise.resolve(null) };
  const authenticate = createAppAuth({ appId: auth.appId, privateKey: auth.privateKey, request });
  const mint = async (ref: RepositoryRef, step: Step, refresh: boolean) => {
    const { installationId, repositoryId } = ref;
    const scope = { installationId, repositoryIds: [repositoryId], permissions: { ...permissions[step] } };
    try {
      return await authenticate({ type: "installation", ...scope, refresh });
    } catch (error) {
      throw notMinted(error, patience.clock.now());
    }
  };
  const get = async (ref: RepositoryRef, step: Step) => {
    const cached = await mint(ref, step, false);
    const left = Date.parse(cached.expiresAt) - patience.clock.now().getTime();
    return left > leastLifeMs ? cached.token : (await mint(ref, step, true)).token;
  };
  return {
    get: (ref, step, signal) => retryRead(() => untilAborted(get(ref, step), signal), patience, signal),
    renew: async (ref, step, signal) => (await untilAborted(mint(ref, step, true), signal)).token,
  };
};

/** Without a token nothing else is sent. 403 is a suspended installation, 404 a removed one, 422 a lost repository. */
const notMinted = (error: unknown, now: Date): unknown => {
  const known = toCodeHostError(error, now);
  if (known === null) return error;
  const { status, retryable, retryAfterMs } = known;
  // The other 422 is an App that asks for more than it was granted; only the text tells them apart.
  const lacksPermission = status === 422 && /permission/i.test(known.message);
  const accessGone = !retryable && !lacksPermission && [403, 404, 422].includes(status ?? 0);
  const message = `no installation token: ${known.message}`;
  return new CodeHostError(message, { cause: known, outcome: "not_sent", status, retryable, retryAfterMs, accessGone });
};
