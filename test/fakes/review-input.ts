import { defaultPolicy } from "../../src/core/policy.ts";
import type { ReviewInput } from "../../src/review/review-input.ts";
import { createFakeTrees, type FakeChange } from "./fake-repository.ts";

/** A plain review of a change in memory, by the default policy. */
export const someReviewInput = (change: FakeChange, over: Partial<ReviewInput> = {}): ReviewInput => ({
  runId: "run-1",
  trees: createFakeTrees(change),
  title: "Charge in cents",
  body: "",
  commitMessages: [],
  linkedIssues: [],
  threads: [],
  focus: null,
  mode: "review",
  policy: defaultPolicy,
  notices: [],
  record: async () => undefined,
  ...over,
});
