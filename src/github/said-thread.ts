import type { SaidThread } from "../core/evidence.ts";
import { readMarkers } from "../core/marker.ts";
import { isBot, loginOf } from "./actor.ts";
import type { Thread } from "./pull-request-query.ts";

/** A review thread as evidence; its author and text are those of its first comment. Null for one without comments. */
export const toSaidThread = (thread: Thread, pullRequestAuthor: string): SaidThread | null => {
  const [first] = thread.comments.nodes;
  if (first === undefined) return null;
  const own = thread.comments.nodes.filter((comment) => comment.viewerDidAuthor);
  return {
    threadId: thread.id,
    path: thread.path,
    startLine: thread.startLine,
    line: thread.line,
    side: thread.diffSide,
    isResolved: thread.isResolved,
    author: authorOf(first, pullRequestAuthor),
    body: first.body,
    fingerprints: [...new Set(own.flatMap((comment) => readMarkers(comment.body).fingerprints))],
    ownFinding: own.find(({ body }) => readMarkers(body).fingerprints.length > 0)?.body ?? null,
    url: first.url,
  };
};

/**
 * Who started a thread. "writer" goes by the author's association with the repository, which is only near to write
 * access: a COLLABORATOR or MEMBER may hold read or triage alone. The exact answer costs one request for each person.
 */
const authorOf = (comment: Thread["comments"]["nodes"][number], pullRequestAuthor: string): SaidThread["author"] => {
  if (comment.viewerDidAuthor) return "self";
  if (isBot(comment.author)) return "bot";
  if (loginOf(comment.author) === pullRequestAuthor) return "pull_request_author";
  return ["OWNER", "MEMBER", "COLLABORATOR"].includes(comment.authorAssociation) ? "writer" : "other";
};
