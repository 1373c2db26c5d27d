import { z } from "zod";
import { commentOnLine, editReviewComment, isVisible, replyInThread, requireTopLevel } from "../actions/threads.ts";
import { notAccessible, notFound } from "../github-error.ts";
import { json } from "../http/reply.ts";
import { reviewCommentJson } from "../json/review-json.ts";
import { readPulls, writePulls } from "../permission.ts";
import type { Pull, ReviewComment } from "../state.ts";
import { numberParam, page, parseBody, pullRoute, repoRoute } from "./route.ts";
import type { PullCall, RepoCall, Route } from "./route.ts";

const side = z.enum(["LEFT", "RIGHT"]);

/** Either a line, or `in_reply_to`; GitHub's deprecated `position` is not imitated. */
const newComment = z.strictObject({
  body: z.string(),
  commit_id: z.string(),
  path: z.string(),
  line: z.int(),
  side: side.optional(),
  start_line: z.int().optional(),
  start_side: side.optional(),
  subject_type: z.literal("line").optional(),
});

const allComments = (pull: Pull): readonly ReviewComment[] => pull.threads.flatMap((thread) => thread.comments);

const requireComment = (call: RepoCall): ReviewComment => {
  const id = numberParam(call, "comment_id");
  const pulls = [...call.repo.conversations.values()].filter((item) => item.kind === "pull");
  const comment = pulls.flatMap(allComments).find((one) => one.id === id);
  if (comment === undefined || !isVisible(comment, call.actor().account)) throw notFound();
  return comment;
};

const list = (call: PullCall) => {
  const published = allComments(call.pull)
    .filter((comment) => comment.review.state !== "PENDING")
    .toSorted((one, other) => one.id - other.id);
  const { items, headers } = page(call, published);
  return json(
    200,
    items.map((comment) => reviewCommentJson(call.world, comment)),
    headers,
  );
};

const create = async (call: PullCall) => {
  const body = parseBody(call, newComment);
  const comment = await commentOnLine(call.world, call.pull, {
    actor: call.actor(),
    commitId: body.commit_id,
    comment: {
      path: body.path,
      body: body.body,
      line: body.line,
      side: body.side ?? "RIGHT",
      startLine: body.start_line ?? null,
      startSide: body.start_side ?? null,
    },
  });
  return json(201, reviewCommentJson(call.world, comment));
};

const reply = (call: PullCall) => {
  const comment = requireComment(call);
  if (comment.thread.pull !== call.pull) throw notFound();
  const { body } = parseBody(call, z.strictObject({ body: z.string() }));
  const answer = replyInThread(call.world, requireTopLevel(comment), { actor: call.actor(), body });
  return json(201, reviewCommentJson(call.world, answer));
};

const update = (call: RepoCall) => {
  const comment = requireComment(call);
  if (comment.author.id !== call.actor().account.id) throw notAccessible();
  const { body } = parseBody(call, z.strictObject({ body: z.string() }));
  editReviewComment(call.world, comment, { actor: call.actor(), body });
  return json(200, reviewCommentJson(call.world, comment));
};

export const reviewCommentRoutes: readonly Route[] = [
  pullRoute({ method: "GET", path: "/comments", needs: readPulls, handle: list }),
  pullRoute({ method: "POST", path: "/comments", needs: writePulls, handle: create }),
  pullRoute({ method: "POST", path: "/comments/{comment_id}/replies", needs: writePulls, handle: reply }),
  repoRoute({
    method: "GET",
    path: "/pulls/comments/{comment_id}",
    needs: readPulls,
    handle: (call) => json(200, reviewCommentJson(call.world, requireComment(call))),
  }),
  repoRoute({ method: "PATCH", path: "/pulls/comments/{comment_id}", needs: writePulls, handle: update }),
];
