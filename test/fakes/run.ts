import type { ReviewResult, Usage } from "../../src/core/run.ts";
import type { JournalEntry } from "../../src/review/model-ports.ts";
import type { RunRecord } from "../../src/review/store-ports.ts";
import { someRef } from "./pull-request.ts";

/** A run that starts on the head of `somePullRequest`. */
export const someRun = (
  over: Partial<Omit<RunRecord, "state" | "mergeBase">> = {},
): Omit<RunRecord, "state" | "mergeBase"> => ({
  id: "run-1",
  pullRequest: someRef,
  headSha: "a".repeat(40),
  requestIds: ["request-1"],
  author: "mona",
  startedAt: new Date("2026-11-20T10:00:00Z"),
  ...over,
});

/** A review without findings. */
export const someResult = (over: Partial<ReviewResult> = {}): ReviewResult => ({
  runId: "run-1",
  headSha: "a".repeat(40),
  mergeBase: "b".repeat(40),
  findings: [],
  judged: [],
  standing: [],
  coverage: [],
  notices: [],
  steering: { listed: [], more: 0 },
  usage: { calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 },
  model: null,
  promptVersion: null,
  effort: null,
  verdict: null,
  ...over,
});

/** The first turn of the agent, with a call. */
export const someEntry = (over: Partial<JournalEntry> = {}, usage: Partial<Usage> = {}): JournalEntry => ({
  stage: "find",
  conversation: "agent",
  turn: 0,
  promptVersion: "1",
  digest: "d".repeat(64),
  request: '{"model":"m"}',
  answer: {
    items: [
      { type: "opaque", payload: "encrypted" },
      { type: "call", callId: "call-1", name: "read_file", arguments: '{"path":"a\\u0000b"}' },
    ],
    text: "reading \0 on",
    calls: [{ callId: "call-1", name: "read_file", arguments: '{"path":"a\\u0000b"}' }],
    stop: "end",
    usage: { calls: 1, inputTokens: 100, cachedTokens: 40, outputTokens: 20, usd: 0.25, ...usage },
    model: "m-2026",
  },
  ...over,
});
