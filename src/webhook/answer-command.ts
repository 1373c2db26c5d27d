import { noteMarker } from "../core/marker.ts";
import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestRef, PullRequestSnapshot } from "../core/pull-request.ts";
import type { CommandSource, ReviewRequest } from "../core/request.ts";
import { authorize } from "./authorize.ts";
import { helpText, readCommand, type AddressedCommand, type Command } from "./commands.ts";
import type { HandlerDeps } from "./handler-deps.ts";

/** A comment on a pull request that may hold a command, read from a stored delivery. */
export interface CommandComment {
  readonly guid: string;
  readonly pullRequest: PullRequestRef;
  readonly source: CommandSource;
  readonly login: string;
  readonly body: string;
  readonly receivedAt: Date;
}

/**
 * Answers a comment: nothing where it holds no command for the repository's handle, a sentence where a person waits
 * for one, and for a review the eyes and the job. Every step may be repeated: a crash in between doubles nothing.
 */
export const answerCommand = async (deps: HandlerDeps, comment: CommandComment, signal: AbortSignal): Promise<void> => {
  if (!(await deps.limits.serves(comment.pullRequest.owner))) return;
  const snapshot = await deps.host.readPullRequest(comment.pullRequest, signal);
  if (snapshot === null) return;
  const { commands, publish } = deps.policyOf(snapshot).policy;
  const addressed = readCommand(comment.body, commands.mention);
  if (addressed === null) return;
  const permission = await deps.host.permissionOf(comment.pullRequest, comment.login, signal);
  const asker = { permission, isAuthor: comment.login === snapshot.author, isFork: snapshot.isFork };
  const authorization = authorize(asker, commands, deps.limits.forks);
  if (authorization.allowed) return carryOut(deps, { comment, snapshot, addressed, publish }, signal);
  if (addressed.command.kind !== "unknown") await refuse(deps, { comment, reason: authorization.reason }, signal);
};

const refuse = async (
  deps: HandlerDeps,
  { comment, reason }: { readonly comment: CommandComment; readonly reason: string },
  signal: AbortSignal,
): Promise<void> => {
  const reaction = { subjectId: comment.source.nodeId, content: "CONFUSED", action: "add" } as const;
  await deps.host.react(comment.pullRequest, [reaction], signal);
  await sayOnce(deps, { comment, key: "no-permission", text: reason }, signal);
};

interface Asked {
  readonly comment: CommandComment;
  readonly snapshot: PullRequestSnapshot;
  readonly addressed: AddressedCommand;
  readonly publish: ReviewPolicy["publish"];
}

const carryOut = async (deps: HandlerDeps, asked: Asked, signal: AbortSignal): Promise<void> => {
  const { comment } = asked;
  const { mention, command } = asked.addressed;
  switch (command.kind) {
    case "help":
      return answerThere(deps, { comment, key: `answer:${comment.guid}`, text: helpText(mention) }, signal);
    case "unknown": {
      const text = `That is no command that I know; \`${mention} help\` lists them.`;
      return answerThere(deps, { comment, key: `answer:${comment.guid}`, text }, signal);
    }
    case "review": {
      const refusal = refusalOf(asked);
      return refusal === null
        ? want(deps, { comment, command }, signal)
        : sayOnce(deps, { comment, ...refusal }, signal);
    }
  }
};

/** Why nobody would ever see the review that was asked for; null where it is to be made. */
const refusalOf = ({ snapshot, publish }: Asked): Pick<Answer, "key" | "text"> | null => {
  if (snapshot.state !== "open")
    return { key: "closed", text: "This pull request is closed, so there is nothing to review." };
  if (publish === "off")
    return { key: "publish-off", text: "Reviews are off here: the repository's policy says `publish: off`." };
  return null;
};

/** The GUID names the request: however often this is repeated, it is wanted once. */
const want = async (
  deps: HandlerDeps,
  asked: { readonly comment: CommandComment; readonly command: Extract<Command, { readonly kind: "review" }> },
  signal: AbortSignal,
): Promise<void> => {
  const { guid, pullRequest, source, login, receivedAt } = asked.comment;
  await deps.host.react(pullRequest, [{ subjectId: source.nodeId, content: "EYES", action: "add" }], signal);
  const { mode, focus } = asked.command;
  const request: ReviewRequest = {
    id: guid,
    trigger: "command",
    headSha: null,
    focus,
    mode,
    requester: login,
    source,
    receivedAt,
  };
  await deps.deliveries.transaction(async (connection) => {
    await deps.deliveries.insertWanted({ pullRequest, request }, connection);
    await deps.queue.send({ kind: "pull_request", pullRequest }, connection);
  });
};

interface Answer {
  readonly comment: CommandComment;
  readonly key: string;
  readonly text: string;
}

/**
 * A sentence that stands at most once in a pull request's conversation. Two commands may come at the same time, so one
 * of them is the speaker; its marker says whether an earlier try of the same one has written it.
 */
const sayOnce = async (deps: HandlerDeps, answer: Answer, signal: AbortSignal): Promise<void> => {
  const { comment, key } = answer;
  if (!(await deps.runs.sayOnce(comment.pullRequest, { key, speaker: comment.guid }))) return;
  await write(deps, answer, signal);
};

const write = async (deps: HandlerDeps, { comment, key, text }: Answer, signal: AbortSignal): Promise<void> => {
  const marker = noteMarker({ key });
  if ((await deps.host.findComment(comment.pullRequest, marker, signal)) !== null) return;
  await deps.host.writeComment(comment.pullRequest, { id: null, body: `${text}\n\n${marker}` }, signal);
};

/** Answers where the command was written: in its thread, or in the conversation. */
const answerThere = async (deps: HandlerDeps, answer: Answer, signal: AbortSignal): Promise<void> => {
  const { comment, key, text } = answer;
  if (comment.source.kind !== "review_comment") return write(deps, answer, signal);
  const marker = noteMarker({ key });
  if ((await deps.host.findReply(comment.pullRequest, marker, signal)) !== null) return;
  const reply = { threadId: null, commentId: comment.source.id, body: `${text}\n\n${marker}` };
  await deps.host.replyInThread(comment.pullRequest, reply, signal);
};
