import { z } from "zod";
import { addIssueComment, deleteIssueComment, editIssueComment } from "../actions/issue-comments.ts";
import { notAccessible, notFound } from "../github-error.ts";
import { json, noContent } from "../http/reply.ts";
import { issueCommentJson, issueJson } from "../json/conversation-json.ts";
import { readConversation, writeConversation } from "../permission.ts";
import type { Issue, IssueComment, Pull } from "../state.ts";
import { numberParam, page, parseBody, repoRoute } from "./route.ts";
import type { RepoCall, Route } from "./route.ts";

const bodySchema = z.strictObject({ body: z.string() });

export const requireIssue = (call: RepoCall): Issue | Pull => {
  const issue = call.repo.conversations.get(numberParam(call, "issue_number"));
  if (issue === undefined) throw notFound();
  return issue;
};

export const requireIssueComment = (call: RepoCall): IssueComment => {
  const id = numberParam(call, "comment_id");
  const comment = [...call.repo.conversations.values()].flatMap((issue) => issue.comments).find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  return comment;
};

const requireOwnComment = (call: RepoCall): IssueComment => {
  const comment = requireIssueComment(call);
  if (comment.author.id !== call.actor().account.id) throw notAccessible();
  return comment;
};

const list = (call: RepoCall) => {
  const { items, headers } = page(call, requireIssue(call).comments);
  return json(
    200,
    items.map((comment) => issueCommentJson(call.world, comment)),
    headers,
  );
};

const create = (call: RepoCall) => {
  const issue = requireIssue(call);
  const comment = addIssueComment(call.world, issue, { actor: call.actor(), ...parseBody(call, bodySchema) });
  return json(201, issueCommentJson(call.world, comment));
};

const update = (call: RepoCall) => {
  const comment = requireOwnComment(call);
  editIssueComment(call.world, comment, { actor: call.actor(), ...parseBody(call, bodySchema) });
  return json(200, issueCommentJson(call.world, comment));
};

const remove = (call: RepoCall) => {
  deleteIssueComment(call.world, requireOwnComment(call), call.actor());
  return noContent;
};

const comments = "/issues/{issue_number}/comments";
const comment = "/issues/comments/{comment_id}";

export const issueRoutes: readonly Route[] = [
  repoRoute({
    method: "GET",
    path: "/issues/{issue_number}",
    needs: readConversation,
    handle: (call) => json(200, issueJson(call.world, requireIssue(call))),
  }),
  repoRoute({ method: "GET", path: comments, needs: readConversation, handle: list }),
  repoRoute({ method: "POST", path: comments, needs: writeConversation, handle: create }),
  repoRoute({
    method: "GET",
    path: comment,
    needs: readConversation,
    handle: (call) => json(200, issueCommentJson(call.world, requireIssueComment(call))),
  }),
  repoRoute({ method: "PATCH", path: comment, needs: writeConversation, handle: update }),
  repoRoute({ method: "DELETE", path: comment, needs: writeConversation, handle: remove }),
];
