import type { Actor } from "../actions/accounts.ts";
import { addIssueComment, deleteIssueComment, editIssueComment } from "../actions/issue-comments.ts";
import type { LineComment } from "../actions/place-comment.ts";
import { addReaction } from "../actions/reactions.ts";
import { createReview } from "../actions/reviews.ts";
import { commentOnLine, replyInThread, setResolved } from "../actions/threads.ts";
import type { LineInput, People } from "../simulator.ts";
import type { Reactable } from "../state.ts";
import type { World } from "../world.ts";
import { person, requireConversation, requireIssueComment, requirePull, requireReviewComment } from "./find.ts";
import { commentView, lineCommentView, reviewView } from "./views.ts";

type Conversations = Pick<
  People,
  | "comment"
  | "editComment"
  | "deleteComment"
  | "commentOnLine"
  | "replyOnThread"
  | "setResolved"
  | "submitReview"
  | "react"
>;

const toLineComment = (input: LineInput): LineComment => ({
  path: input.path,
  line: input.line,
  side: input.side ?? "RIGHT",
  startLine: input.startLine ?? null,
  startSide: null,
  body: input.body,
});

/** Anything that takes a reaction, by node id; throws for what does not. */
export function requireReactable(world: World, subject: string): Reactable {
  const node = world.state.nodes.get(subject);
  if (node === undefined || !("kind" in node) || node.kind === "thread")
    throw new Error(`${subject} takes no reaction`);
  return node;
}

const resolveThread = (world: World, threadId: string, by: { login: string; resolved: boolean }): void => {
  const node = world.state.nodes.get(threadId);
  if (node === undefined || !("kind" in node) || node.kind !== "thread")
    throw new Error(`there is no thread ${threadId}`);
  setResolved(node, by.resolved ? person(world, by.login) : null);
};

export const conversationControls = (world: World): Conversations => {
  const as = (login: string): Actor => ({ account: person(world, login), viaApp: false });
  return {
    comment: (ref, login, body) =>
      commentView(addIssueComment(world, requireConversation(world, ref), { actor: as(login), body })),
    editComment: (id, login, body) =>
      editIssueComment(world, requireIssueComment(world, id), { actor: as(login), body }),
    deleteComment: (id, login) => deleteIssueComment(world, requireIssueComment(world, id), as(login)),
    commentOnLine: async (ref, login, input) => {
      const pull = requirePull(world, ref);
      const comment = toLineComment(input);
      return lineCommentView(await commentOnLine(world, pull, { actor: as(login), commitId: pull.headSha, comment }));
    },
    replyOnThread: (commentId, login, body) =>
      lineCommentView(replyInThread(world, requireReviewComment(world, commentId).thread, { actor: as(login), body })),
    setResolved: (threadId, login, resolved) => resolveThread(world, threadId, { login, resolved }),
    submitReview: async (ref, login, { event, body, comments }) => {
      const pull = requirePull(world, ref);
      const review = { actor: as(login), commitId: null, body: body ?? "", event };
      return reviewView(await createReview(world, pull, { ...review, comments: (comments ?? []).map(toLineComment) }));
    },
    react: (subject, login, content) => {
      addReaction(world, requireReactable(world, subject), { user: person(world, login), content });
    },
  };
};
