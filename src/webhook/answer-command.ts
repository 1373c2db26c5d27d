import { noteMarker } from "../core/marker.ts";
import type { PullRequestRef, PullRequestSnapshot } from "../core/pull-request.ts";
import type { CommandSource } from "../core/request.ts";
import { mayAskForReview } from "./authorize.ts";
import { helpText, readCommand, type AddressedCommand } from "./commands.ts";
import type { HandlerDeps } from "./handler-deps.ts";

/** A comment that may hold a command, read from a stored delivery. */
export interface CommandComment {
  readonly guid: string;
  readonly pullRequest: PullRequestRef;
  readonly source: CommandSource;
  readonly login: string;
  readonly body: string;
  readonly isPlainIssue: boolean;
}

/**
 * Answers a comment: nothing where it holds no command for this handle, a sentence where a person waits for one, and
 * for a review the eyes and the job. Every step may be repeated: a crash in between doubles nothing.
 */
export const answerCommand = async (deps: HandlerDeps, comment: CommandComment, signal: AbortSignal): Promise<void> => {
  if (comment.isPlainIssue) return answerOnIssue(deps, comment, signal);
  const snapshot = await deps.host.readPullRequest(comment.pullRequest, signal);
  if (snapshot === null) return decline(deps, comment, "the pull request is gone");
  const { policy } = deps.policyOf(snapshot);
  const addressed = readCommand(comment.body, policy.commands.mention);
  if (addressed === null) return decline(deps, comment, "the comment was addressed to somebody else");
  const permission = await deps.host.permissionOf(comment.pullRequest, comment.login, signal);
  const isAuthor = comment.login === snapshot.author;
  if (!mayAskForReview({ permission, isAuthor }, policy.commands)) return refuse(deps, comment, signal);
  await carryOut(deps, { comment, snapshot, addressed }, signal);
};

const answerOnIssue = async (deps: HandlerDeps, comment: CommandComment, signal: AbortSignal): Promise<void> => {
  const addressed = readCommand(comment.body, deps.defaultMention);
  if (addressed === null || addressed.command.kind === "unknown") return;
  await sayOnce(deps, { comment, key: "plain-issue", text: "I review pull requests; this is an issue." }, signal);
};

const decline = (deps: HandlerDeps, comment: CommandComment, note: string): Promise<void> =>
  deps.wanted.answer([comment.guid], { runId: null, note });

const refuse = async (deps: HandlerDeps, comment: CommandComment, signal: AbortSignal): Promise<void> => {
  await deps.host.react(
    comment.pullRequest,
    [{ subjectId: comment.source.nodeId, content: "CONFUSED", action: "add" }],
    signal,
  );
  const text = "Commands are for people with write access to this repository; a maintainer can ask for the review.";
  await sayOnce(deps, { comment, key: "no-permission", text }, signal);
  await decline(deps, comment, "the requester may not ask for reviews here");
};

const carryOut = async (
  deps: HandlerDeps,
  asked: {
    readonly comment: CommandComment;
    readonly snapshot: PullRequestSnapshot;
    readonly addressed: AddressedCommand;
  },
  signal: AbortSignal,
): Promise<void> => {
  const { comment, addressed, snapshot } = asked;
  switch (addressed.command.kind) {
    case "help":
      return reply(deps, { comment, key: `help:${comment.guid}`, text: helpText(addressed.mention) }, signal);
    case "unknown": {
      const text = `I do not know that command; \`${addressed.mention} help\` lists what I can do.`;
      return sayOnce(deps, { comment, key: "unknown-command", text }, signal);
    }
    case "review":
      return snapshot.state === "open" ? want(deps, comment, signal) : declineClosed(deps, comment, signal);
  }
};

const want = async (deps: HandlerDeps, comment: CommandComment, signal: AbortSignal): Promise<void> => {
  await deps.host.react(
    comment.pullRequest,
    [{ subjectId: comment.source.nodeId, content: "EYES", action: "add" }],
    signal,
  );
  await deps.deliveries.transaction(async (connection) => {
    await deps.wanted.authorize(comment.guid, connection);
    await deps.queue.send({ kind: "pull_request", pullRequest: comment.pullRequest }, connection);
  });
};

const declineClosed = async (deps: HandlerDeps, comment: CommandComment, signal: AbortSignal): Promise<void> => {
  const text = "This pull request is closed, so there is nothing to review.";
  await sayOnce(deps, { comment, key: "closed", text }, signal);
  await decline(deps, comment, "the pull request is closed");
};

interface Reply {
  readonly comment: CommandComment;
  readonly key: string;
  readonly text: string;
}

/** A sentence that a pull request or an issue gets at most once. */
const sayOnce = async (deps: HandlerDeps, said: Reply, signal: AbortSignal): Promise<void> => {
  if (await deps.runs.sayOnce(said.comment.pullRequest, said.key)) await reply(deps, said, signal);
};

/** Answers where the command was written; the marker tells a repeated handler that the answer stands already. */
const reply = async (deps: HandlerDeps, { comment, key, text }: Reply, signal: AbortSignal): Promise<void> => {
  const { host } = deps;
  const marker = noteMarker({ key });
  const body = `${text}\n\n${marker}`;
  if (comment.source.kind === "review_comment") {
    if ((await host.findReply(comment.pullRequest, marker, signal)) !== null) return;
    await host.replyInThread(comment.pullRequest, { threadId: null, commentId: comment.source.id, body }, signal);
    return;
  }
  if ((await host.findComment(comment.pullRequest, marker, signal)) !== null) return;
  await host.writeComment(comment.pullRequest, { id: null, body }, signal);
};
