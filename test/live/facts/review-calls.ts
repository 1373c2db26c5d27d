import { z } from "zod";
import type { LiveAnswer } from "../live-client.ts";
import type { Stage } from "../stage.ts";

const idOf = ({ body }: LiveAnswer): number => z.object({ id: z.int() }).parse(body).id;

export interface LiveComment {
  readonly path: string;
  readonly side: string;
  readonly line: number;
  readonly start_line?: number;
  readonly start_side?: string;
}

/** Sends a review as the adapter would, without an event: it stays pending. */
export const createReview = (stage: Stage, comments: readonly LiveComment[], over: object = {}): Promise<LiveAnswer> =>
  stage.client.rest("POST", `${stage.pullPath}/reviews`, {
    commit_id: stage.headSha,
    body: "A check of codex-review.",
    comments: comments.map((comment) => ({ ...comment, body: "A check of codex-review." })),
    ...over,
  });

export const dropReview = (stage: Stage, review: LiveAnswer): Promise<LiveAnswer> =>
  stage.client.rest("DELETE", `${stage.pullPath}/reviews/${idOf(review)}`);

export const submitReview = (stage: Stage, review: LiveAnswer): Promise<LiveAnswer> =>
  stage.client.rest("POST", `${stage.pullPath}/reviews/${idOf(review)}/events`, { event: "COMMENT" });

/** Holds a pending review while `look` runs, and drops it whatever happens. */
export const whilePending = async (
  stage: Stage,
  comments: readonly LiveComment[],
  look: (review: LiveAnswer) => Promise<void>,
): Promise<void> => {
  const review = await createReview(stage, comments);
  try {
    await look(review);
  } finally {
    await dropReview(stage, review);
  }
};

const threadSchema = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  path: z.string(),
  line: z.int().nullable(),
  diffSide: z.string(),
  comments: z.object({
    nodes: z.array(z.object({ id: z.string(), fullDatabaseId: z.string(), viewerDidAuthor: z.boolean() })),
  }),
});

const threadsAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ reviewThreads: z.object({ nodes: z.array(threadSchema) }) }) }),
});

const threadsQuery = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { reviewThreads(first: 100) { nodes {
    id isResolved path line diffSide comments(first: 10) { nodes { id fullDatabaseId viewerDidAuthor } }
  } } } }
}`;

/** The threads as GraphQL shows them. */
export const readThreads = async (stage: Stage): Promise<readonly z.infer<typeof threadSchema>[]> => {
  const { owner, name, number } = stage.ref;
  const { data } = await stage.client.graphql(threadsQuery, { owner, name, number });
  return threadsAnswer.parse(data).repository.pullRequest.reviewThreads.nodes;
};

/** A thread of our own on an added line; it stays on the pull request. */
export const makeThread = async (stage: Stage, line: LiveComment) => {
  await submitReview(stage, await createReview(stage, [line]));
  const thread = (await readThreads(stage)).at(-1);
  const comment = thread?.comments.nodes.at(0);
  if (thread === undefined || comment === undefined) throw new Error("the submitted review shows no thread");
  return { id: thread.id, comment };
};
