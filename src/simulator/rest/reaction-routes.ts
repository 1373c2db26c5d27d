import { z } from "zod";
import { addReaction, reactionsTo, removeReaction } from "../actions/reactions.ts";
import { notAccessible, notFound } from "../github-error.ts";
import { json, noContent } from "../http/reply.ts";
import { reactionJson } from "../json/conversation-json.ts";
import { readConversation, readPulls, writeConversation, writePulls } from "../permission.ts";
import type { Needs } from "../permission.ts";
import { reactionContents } from "../state.ts";
import type { Reactable, ReviewComment } from "../state.ts";
import { requireIssue, requireIssueComment } from "./issue-routes.ts";
import { numberParam, page, parseBody, repoRoute } from "./route.ts";
import type { RepoCall, Route } from "./route.ts";

const reviewComment = (call: RepoCall): ReviewComment => {
  const id = numberParam(call, "comment_id");
  for (const node of call.world.state.nodes.values()) {
    const found = "kind" in node && node.kind === "review_comment" && node.id === id;
    if (found && node.thread.pull.repo === call.repo && node.review.state !== "PENDING") return node;
  }
  throw notFound();
};

interface Subject {
  readonly path: string;
  readonly find: (call: RepoCall) => Reactable;
  readonly read: Needs;
  readonly write: Needs;
}

/** Adding one twice answers 200 with the first, a new one 201. */
const create = (find: Subject["find"]) => (call: RepoCall) => {
  const subject = find(call);
  const { content } = parseBody(call, z.strictObject({ content: z.enum(reactionContents) }));
  const { reaction, created } = addReaction(call.world, subject, { user: call.actor().account, content });
  return json(created ? 201 : 200, reactionJson(call.world, reaction));
};

const list = (find: Subject["find"]) => (call: RepoCall) => {
  const wanted = call.query.get("content");
  const given = reactionsTo(call.world, find(call)).filter((one) => wanted === null || one.content === wanted);
  const { items, headers } = page(call, given);
  return json(
    200,
    items.map((reaction) => reactionJson(call.world, reaction)),
    headers,
  );
};

const remove = (find: Subject["find"]) => (call: RepoCall) => {
  const id = numberParam(call, "reaction_id");
  const reaction = reactionsTo(call.world, find(call)).find((one) => one.id === id);
  if (reaction === undefined) throw notFound();
  if (reaction.user.id !== call.actor().account.id) throw notAccessible();
  removeReaction(call.world, reaction);
  return noContent;
};

const routesFor = ({ path, find, read, write }: Subject): readonly Route[] => [
  repoRoute({ method: "GET", path, query: ["content"], needs: read, handle: list(find) }),
  repoRoute({ method: "POST", path, needs: write, handle: create(find) }),
  repoRoute({ method: "DELETE", path: `${path}/{reaction_id}`, needs: write, handle: remove(find) }),
];

const conversation = { read: readConversation, write: writeConversation };

export const reactionRoutes: readonly Route[] = [
  ...routesFor({ path: "/issues/{issue_number}/reactions", find: requireIssue, ...conversation }),
  ...routesFor({ path: "/issues/comments/{comment_id}/reactions", find: requireIssueComment, ...conversation }),
  ...routesFor({
    path: "/pulls/comments/{comment_id}/reactions",
    find: reviewComment,
    read: readPulls,
    write: writePulls,
  }),
];
