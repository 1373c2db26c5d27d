import assert from "node:assert/strict";
import { z } from "zod";
import type { Fact } from "../fact.ts";
import { lines } from "../sample-change.ts";
import type { Stage } from "../stage.ts";
import { createReview, dropReview, makeThread, readThreads, submitReview, whilePending } from "./review-calls.ts";

const docs = "https://docs.github.com";
const reviews = `${docs}/rest/pulls/reviews#create-a-review-for-a-pull-request`;

const refusesLine = async (stage: Stage, line: (typeof lines)[keyof typeof lines], message: RegExp): Promise<void> => {
  const answer = await createReview(stage, [lines.added, line]);
  if (answer.status === 200) await dropReview(stage, answer);
  assert.equal(answer.status, 422);
  assert.match(JSON.stringify(answer.body), message);
};

/** Facts about writing a review. */
export const reviewFacts: readonly Fact[] = [
  {
    statement: "Comments may stand on added, removed and context lines of a hunk; context on either side.",
    documented: reviews,
    name: "commentable-lines",
    needs: null,
    check: (stage) =>
      whilePending(stage, [lines.added, lines.contextOnRight, lines.removed, lines.contextOnLeft], async (review) =>
        assert.equal(review.status, 200),
      ),
  },
  {
    statement: "One comment outside the diff refuses the whole review with 422, and nothing is posted.",
    documented: null,
    name: "bad-line-refuses-all",
    needs: null,
    check: async (stage) => {
      const before = await stage.client.rest("GET", `${stage.pullPath}/reviews`);
      await refusesLine(stage, lines.outside, /must be part of the diff/i);
      const after = await stage.client.rest("GET", `${stage.pullPath}/reviews`);
      assert.deepEqual(after.body, before.body);
    },
  },
  {
    statement: "A file whose diff is over GitHub's limits takes no comments: 422 “diff too large”.",
    documented: null,
    name: "diff-too-large",
    needs: null,
    check: (stage) => refusesLine(stage, lines.tooLarge, /diff too large/i),
  },
  {
    statement: "`start_line` must be below `line`: 422 when they are equal.",
    documented: null,
    name: "start-line-below-line",
    needs: null,
    check: async (stage) => {
      const answer = await createReview(stage, [{ ...lines.added, start_line: lines.added.line, start_side: "RIGHT" }]);
      if (answer.status === 200) await dropReview(stage, answer);
      assert.equal(answer.status, 422);
    },
  },
  {
    statement: "A review without an event is answered with 200 and stays PENDING; its threads are not shown.",
    documented: reviews,
    name: "pending-review",
    needs: null,
    check: async (stage) => {
      const before = (await readThreads(stage)).length;
      await whilePending(stage, [lines.added], async (review) => {
        assert.equal(review.status, 200);
        assert.equal(z.object({ state: z.string() }).parse(review.body).state, "PENDING");
        const seen = await stage.host.findReviews(stage.ref, "A check of codex-review.", AbortSignal.timeout(60_000));
        assert.ok(seen.some(({ state }) => state === "pending"));
      });
      assert.equal((await readThreads(stage)).length, before);
    },
  },
  {
    statement: "A user has at most one pending review on a pull request: a second create is refused with 422.",
    documented: null,
    name: "one-pending-review",
    needs: null,
    check: (stage) =>
      whilePending(stage, [lines.added], async () => {
        const second = await createReview(stage, [lines.added]);
        assert.equal(second.status, 422);
        assert.match(JSON.stringify(second.body), /one pending review/i);
        const submitted = await createReview(stage, [lines.added], { event: "COMMENT" });
        assert.equal(submitted.status, 422);
      }),
  },
  {
    statement: "While a review is pending, an answer in a thread is refused.",
    documented: null,
    name: "reply-while-pending",
    needs: null,
    check: async (stage) => {
      const { comment } = await makeThread(stage, lines.added);
      await whilePending(stage, [lines.added], async () => {
        const path = `${stage.pullPath}/comments/${comment.fullDatabaseId}/replies`;
        assert.equal((await stage.client.rest("POST", path, { body: "An answer." })).status, 422);
      });
    },
  },
  {
    statement: "A pending review is submitted once by its id, with 200; a second time is refused with 422.",
    documented: `${docs}/rest/pulls/reviews#submit-a-review-for-a-pull-request`,
    name: "submit-once",
    needs: null,
    check: async (stage) => {
      const review = await createReview(stage, [lines.added]);
      assert.equal((await submitReview(stage, review)).status, 200);
      assert.equal((await submitReview(stage, review)).status, 422);
    },
  },
  {
    statement: "A pending review is deleted with 200 and leaves nothing; then it is gone: 404.",
    documented: `${docs}/rest/pulls/reviews#delete-a-pending-review-for-a-pull-request`,
    name: "delete-pending",
    needs: null,
    check: async (stage) => {
      const review = await createReview(stage, [lines.added]);
      assert.equal((await dropReview(stage, review)).status, 200);
      assert.equal((await dropReview(stage, review)).status, 404);
    },
  },
  {
    statement: "A submitted COMMENT review needs a body or comments: 422 without.",
    documented: reviews,
    name: "empty-review",
    needs: null,
    check: async (stage) => assert.equal((await createReview(stage, [], { event: "COMMENT", body: "" })).status, 422),
  },
  {
    statement: "Requesting changes on one's own pull request is refused with 422.",
    documented: null,
    name: "own-pull-request",
    needs: null,
    check: async (stage) => assert.equal((await createReview(stage, [], { event: "REQUEST_CHANGES" })).status, 422),
  },
  {
    statement: "More than about 30 comments in one review time out with 502.",
    documented: null,
    unchecked: "it would only load GitHub; the app never sends more",
  },
  {
    statement: "GitHub moves the `commit_id` of a posted review after a force-push.",
    documented: null,
    unchecked: "nothing rests on it: the app keeps its own record of reviewed heads",
  },
  {
    statement: "A suggestion block replaces the lines that its comment covers, on the RIGHT side.",
    documented: `${docs}/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/commenting-on-a-pull-request`,
    unchecked: "only the web page applies suggestions",
  },
];
