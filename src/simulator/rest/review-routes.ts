import { z } from "zod";
import { commentsOf, createReview, deletePendingReview, editReview, submitReview } from "../actions/reviews.ts";
import { GitHubError, notAccessible, notFound } from "../github-error.ts";
import { json } from "../http/reply.ts";
import { reviewCommentJson, reviewJson } from "../json/review-json.ts";
import { readPulls, writePulls } from "../permission.ts";
import type { Review } from "../state.ts";
import { numberParam, page, parseBody, pullRoute } from "./route.ts";
import type { PullCall, Route } from "./route.ts";

const side = z.enum(["LEFT", "RIGHT"]);
const event = z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]);

const commentBody = z.strictObject({
  path: z.string(),
  body: z.string(),
  line: z.int().optional(),
  side: side.optional(),
  start_line: z.int().optional(),
  start_side: side.optional(),
  position: z.int().optional(),
});

const reviewBody = z.strictObject({
  commit_id: z.string().optional(),
  body: z.string().optional(),
  event: event.optional(),
  comments: z.array(commentBody).optional(),
});

const toLine = ({
  line,
  side: at,
  start_line: startLine,
  start_side: startSide,
  ...rest
}: z.output<typeof commentBody>) => {
  if (line === undefined) throw new GitHubError(501, "The simulator imitates line comments by line, not by position.");
  return {
    path: rest.path,
    body: rest.body,
    line,
    side: at ?? "RIGHT",
    startLine: startLine ?? null,
    startSide: startSide ?? null,
  };
};

const create = async (call: PullCall) => {
  const body = parseBody(call, reviewBody);
  const review = await createReview(call.world, call.pull, {
    actor: call.actor(),
    commitId: body.commit_id ?? null,
    body: body.body ?? "",
    event: body.event ?? null,
    comments: (body.comments ?? []).map(toLine),
  });
  return json(200, reviewJson(call.world, review));
};

const mine = (call: PullCall, review: Review): boolean => review.author.id === call.actor().account.id;

/** A pending review is there for nobody but its author. */
const findReview = (call: PullCall): Review => {
  const id = numberParam(call, "review_id");
  const review = call.pull.reviews.find((one) => one.id === id);
  if (review === undefined || (review.state === "PENDING" && !mine(call, review))) throw notFound();
  return review;
};

const requireOwn = (call: PullCall): Review => {
  const review = findReview(call);
  if (!mine(call, review)) throw notAccessible();
  return review;
};

const list = (call: PullCall) => {
  const visible = call.pull.reviews.filter((review) => review.state !== "PENDING" || mine(call, review));
  const { items, headers } = page(call, visible);
  return json(
    200,
    items.map((review) => reviewJson(call.world, review)),
    headers,
  );
};

const update = (call: PullCall) => {
  const review = requireOwn(call);
  const { body } = parseBody(call, z.strictObject({ body: z.string() }));
  editReview(call.world, review, { body, sender: call.actor().account });
  return json(200, reviewJson(call.world, review));
};

const remove = (call: PullCall) => {
  const review = requireOwn(call);
  const answer = reviewJson(call.world, review);
  deletePendingReview(call.world, review);
  return json(200, answer);
};

const submit = (call: PullCall) => {
  const review = requireOwn(call);
  const body = parseBody(call, z.strictObject({ event, body: z.string().optional() }));
  submitReview(call.world, review, { event: body.event, body: body.body ?? null });
  return json(200, reviewJson(call.world, review));
};

const comments = (call: PullCall) => {
  const { items, headers } = page(call, commentsOf(findReview(call)));
  return json(
    200,
    items.map((comment) => reviewCommentJson(call.world, comment)),
    headers,
  );
};

export const reviewRoutes: readonly Route[] = [
  pullRoute({ method: "POST", path: "/reviews", needs: writePulls, handle: create }),
  pullRoute({ method: "GET", path: "/reviews", needs: readPulls, handle: list }),
  pullRoute({
    method: "GET",
    path: "/reviews/{review_id}",
    needs: readPulls,
    handle: (call) => json(200, reviewJson(call.world, findReview(call))),
  }),
  pullRoute({ method: "PUT", path: "/reviews/{review_id}", needs: writePulls, handle: update }),
  pullRoute({ method: "DELETE", path: "/reviews/{review_id}", needs: writePulls, handle: remove }),
  pullRoute({ method: "POST", path: "/reviews/{review_id}/events", needs: writePulls, handle: submit }),
  pullRoute({ method: "GET", path: "/reviews/{review_id}/comments", needs: readPulls, handle: comments }),
];
