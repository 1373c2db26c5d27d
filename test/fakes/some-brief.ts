import type { ReviewBrief } from "../../src/core/brief.ts";

/** A brief about nothing in particular. */
export const someBrief = (over: Partial<ReviewBrief> = {}): ReviewBrief => ({
  runId: "run-1",
  title: "Some change",
  body: "",
  commitMessages: [],
  focus: null,
  mode: "review",
  guidelines: [],
  pathInstructions: [],
  language: "en",
  files: [],
  ignored: [],
  openThreads: [],
  analyzerFindings: [],
  ...over,
});
