import type { PullRequestRef } from "../../src/core/pull-request.ts";
import type { CodeHost } from "../../src/review/ports.ts";
import type { LiveClient } from "./live-client.ts";

/** What only an App can do, and a plain token cannot. */
export interface AppAccess {
  /** With the App's own JSON web token. */
  readonly client: LiveClient;
  readonly installationId: number;
  /** A client with a fresh installation token for the stage's repository. */
  readonly clientWith: (permissions: Readonly<Record<string, "read" | "write">>) => Promise<LiveClient>;
  /** Whether a webhook URL is set, so that GitHub keeps a log of deliveries. */
  readonly hasWebhook: boolean;
}

/** An open draft pull request with `sample-change.ts` as its change, on a base branch made for it. */
export interface Stage {
  readonly ref: PullRequestRef;
  readonly headSha: string;
  readonly headRef: string;
  readonly client: LiveClient;
  readonly host: CodeHost;
  readonly app: AppAccess | null;
  /** `/repos/{owner}/{repo}` and `…/pulls/{number}`, as paths. */
  readonly repositoryPath: string;
  readonly pullPath: string;
  /** Waits between two looks at something that GitHub does in its own time. */
  readonly pause: () => Promise<void>;
  /** Closes the pull request and deletes its branches. */
  readonly close: () => Promise<void>;
}
