import { z } from "zod";
import { actorOf } from "../http/caller.ts";
import { GitHubError } from "../github-error.ts";
import { addReaction, findReaction, removeReaction } from "../actions/reactions.ts";
import { minimize, replyInThread, setResolved } from "../actions/threads.ts";
import { resolveThreads, writeConversation, writePulls } from "../permission.ts";
import type { Minimizable, Reactable, Repo, Thread } from "../state.ts";
import { issueCommentNode, reviewCommentNode, reviewNode, threadNode } from "./comment-nodes.ts";
import { createCommitOnBranch } from "./create-commit-on-branch.ts";
import { allow, noSuchNode } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";
import { requireNode } from "./node-by-id.ts";
import { issueNode, pullNode } from "./pull-node.ts";
import { contentByName, reactionNode } from "./reaction-fields.ts";

const inputOf = <Schema extends z.ZodType>(args: unknown, input: Schema): z.output<Schema> =>
  input.parse(z.object({ input: z.unknown() }).parse(args).input);

const clientId = { clientMutationId: z.string().nullish() };
const reactionInput = z.object({ subjectId: z.string(), content: z.string(), ...clientId });
const threadInput = z.object({ threadId: z.string(), ...clientId });
const replyInput = z.object({
  pullRequestReviewThreadId: z.string(),
  pullRequestReviewId: z.string().nullish(),
  body: z.string(),
  ...clientId,
});
const minimizeInput = z.object({ subjectId: z.string(), classifier: z.string(), ...clientId });

const reactableNode = (asking: Asking, subject: Reactable): Fields => {
  if (subject.kind === "pull") return pullNode(asking, subject);
  if (subject.kind === "issue") return issueNode(asking, subject);
  if (subject.kind === "issue_comment") return issueCommentNode(asking, subject);
  return subject.kind === "review" ? reviewNode(asking, subject) : reviewCommentNode(asking, subject);
};

const repoOf = (subject: Reactable): Repo => {
  if (subject.kind === "issue_comment") return subject.issue.repo;
  if (subject.kind === "review_comment") return subject.thread.pull.repo;
  return subject.kind === "review" ? subject.pull.repo : subject.repo;
};

const requireReactable = (asking: Asking, id: string): Reactable => {
  const node = requireNode(asking, id);
  if (!("kind" in node) || node.kind === "thread") throw noSuchNode(id);
  const onDiff = node.kind === "review_comment" || node.kind === "review";
  allow(asking, repoOf(node), onDiff ? writePulls : writeConversation);
  return node;
};

const react = (asking: Asking, args: unknown): Fields => {
  const input = inputOf(args, reactionInput);
  const subject = requireReactable(asking, input.subjectId);
  const content = contentByName(input.content);
  const { reaction } = addReaction(asking.world, subject, { user: asking.viewer, content });
  return {
    clientMutationId: input.clientMutationId ?? null,
    reaction: reactionNode(asking, reaction),
    subject: reactableNode(asking, subject),
  };
};

/** What GitHub answers for a reaction that is not there is assumed; that it is no success is not. */
const unreact = (asking: Asking, args: unknown): Fields => {
  const input = inputOf(args, reactionInput);
  const subject = requireReactable(asking, input.subjectId);
  const reaction = findReaction(asking.world, subject, { user: asking.viewer, content: contentByName(input.content) });
  if (reaction === null) throw new GitHubError(422, "Reaction does not exist", { graphqlType: "UNPROCESSABLE" });
  removeReaction(asking.world, reaction);
  return {
    clientMutationId: input.clientMutationId ?? null,
    reaction: reactionNode(asking, reaction),
    subject: reactableNode(asking, subject),
  };
};

const requireThread = (asking: Asking, id: string): Thread => {
  const node = requireNode(asking, id);
  if (!("kind" in node) || node.kind !== "thread") throw noSuchNode(id);
  return node;
};

const resolve = (asking: Asking, args: unknown, resolved: boolean): Fields => {
  const input = inputOf(args, threadInput);
  const thread = requireThread(asking, input.threadId);
  allow(asking, thread.pull.repo, resolveThreads);
  setResolved(thread, resolved ? asking.viewer : null);
  return { clientMutationId: input.clientMutationId ?? null, thread: threadNode(asking, thread) };
};

const reply = (asking: Asking, args: unknown): Fields => {
  const input = inputOf(args, replyInput);
  const thread = requireThread(asking, input.pullRequestReviewThreadId);
  allow(asking, thread.pull.repo, writePulls);
  if (typeof input.pullRequestReviewId === "string")
    throw new GitHubError(501, "The simulator does not imitate replies inside a pending review.");
  const comment = replyInThread(asking.world, thread, {
    actor: actorOf(asking.world, asking.caller),
    body: input.body,
  });
  return { clientMutationId: input.clientMutationId ?? null, comment: reviewCommentNode(asking, comment) };
};

const requireMinimizable = (asking: Asking, id: string): Minimizable => {
  const node = requireReactable(asking, id);
  if (node.kind === "pull" || node.kind === "issue") throw noSuchNode(id);
  return node;
};

const minimizeComment = (asking: Asking, args: unknown): Fields => {
  const input = inputOf(args, minimizeInput);
  const subject = requireMinimizable(asking, input.subjectId);
  minimize(subject, input.classifier);
  return { clientMutationId: input.clientMutationId ?? null, minimizedComment: reactableNode(asking, subject) };
};

export const mutationFields = (asking: Asking): Fields => ({
  addReaction: (args: unknown) => react(asking, args),
  removeReaction: (args: unknown) => unreact(asking, args),
  resolveReviewThread: (args: unknown) => resolve(asking, args, true),
  unresolveReviewThread: (args: unknown) => resolve(asking, args, false),
  addPullRequestReviewThreadReply: (args: unknown) => reply(asking, args),
  minimizeComment: (args: unknown) => minimizeComment(asking, args),
  createCommitOnBranch: (args: unknown) => createCommitOnBranch(asking, args),
});
