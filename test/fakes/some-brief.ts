import type { ReviewBrief } from "../../src/core/brief.ts";
import { noSurroundings } from "../../src/core/surroundings.ts";

/** A brief about nothing in particular. */
export const someBrief = (over: Partial<ReviewBrief> = {}): ReviewBrief => ({
  runId: "run-1",
  title: "Some change",
  body: "",
  commitMessages: [],
  linkedIssues: [],
  focus: null,
  mode: "review",
  guidelines: [],
  pathInstructions: [],
  language: "en",
  files: [],
  bundle: null,
  surroundings: noSurroundings,
  quick: false,
  ignored: [],
  openThreads: [],
  analyzerFindings: [],
  ...over,
});
