import type { EvalCandidate, EvalPosted, EvalResult } from "../../../eval/run/result.ts";

type Action = EvalCandidate["verdicts"][number]["action"];

/** A claim on one line; `gates` says what each gate did: `{ quote: "keep", refute: "demote" }`. */
export const someClaim = (
  over: Partial<EvalCandidate> & { readonly gates?: Readonly<Record<string, Action>> } = {},
): EvalCandidate => {
  const { gates = { quote: "keep", merge: "keep", refute: "keep" }, ...rest } = over;
  const actions = Object.values(gates);
  const rested = actions.includes("demote") ? "summary" : "line";
  return {
    id: "c1",
    origin: "agent",
    title: "Count pages from 1",
    body: "The first page is skipped.",
    severity: "P2",
    category: "correctness",
    confidence: 0.9,
    path: "a.ts",
    side: "RIGHT",
    startLine: null,
    line: 1,
    quote: "start",
    trigger: "page 1",
    evidence: [],
    replacement: null,
    verdicts: Object.entries(gates).map(([gate, action]) => ({ gate, action, reason: "so" })),
    standing: actions.includes("drop") ? "dropped" : rested,
    ...rest,
  };
};

export const somePosted = (over: Partial<EvalPosted> = {}): EvalPosted => ({
  path: "a.ts",
  side: "RIGHT",
  startLine: null,
  line: 1,
  body: "**P2 · Count pages from 1**",
  candidate: "c1",
  validLine: true,
  suggestion: null,
  ...over,
});

export const someResult = (over: Partial<EvalResult> = {}): EvalResult => ({
  case: "one",
  headSha: "0".repeat(40),
  candidates: [],
  posted: [],
  summary: "",
  coverage: [],
  notices: [],
  usage: { calls: 1, inputTokens: 90, cachedTokens: 0, outputTokens: 10, usd: 0.5 },
  seconds: 4,
  verdict: null,
  byPlace: 0,
  ...over,
});
