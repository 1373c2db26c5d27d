import type { CodeHost } from "../review/ports.ts";
import { findCheck, writeCheck } from "./check-runs.ts";
import { createConnection, type ConnectionOptions } from "./connection.ts";
import { findComment, writeComment } from "./conversation.ts";
import { gitAccess } from "./git-access.ts";
import { permissionOf } from "./permission-of.ts";
import { react } from "./react.ts";
import { readHead } from "./read-head.ts";
import { readPullRequest } from "./read-pull-request.ts";
import { createPendingReview, deletePendingReview, findReviews, submitReview } from "./reviews.ts";
import { findReply, replyInThread } from "./threads.ts";

export interface CodeHostOptions extends Omit<ConnectionOptions, "requestTimeoutMs"> {
  /** Where repositories are cloned from: `https://github.com`, or `https://ghe.example`. */
  readonly gitUrl: string;
  readonly requestTimeoutMs?: number;
}

/** GitHub never works on one request for longer than 10 s; the rest is for slow lines. */
const defaultRequestTimeoutMs = 30_000;

/** GitHub, or GitHub Enterprise Server, as the application sees it. Throws CodeHostError, which never holds a token. */
export const createCodeHost = (options: CodeHostOptions): CodeHost => {
  const { gitUrl, requestTimeoutMs = defaultRequestTimeoutMs, ...rest } = options;
  const connection = createConnection({ ...rest, requestTimeoutMs });
  return {
    readPullRequest: readPullRequest(connection),
    readHead: readHead(connection),
    permissionOf: permissionOf(connection),
    gitAccess: gitAccess(connection, gitUrl),
    createPendingReview: createPendingReview(connection),
    submitReview: submitReview(connection),
    deletePendingReview: deletePendingReview(connection),
    findReviews: findReviews(connection),
    writeCheck: writeCheck(connection),
    findCheck: findCheck(connection, options.auth),
    writeComment: writeComment(connection),
    findComment: findComment(connection),
    replyInThread: replyInThread(connection),
    findReply: findReply(connection),
    react: react(connection),
  };
};
