import type { Candidate } from "../../src/core/candidate.ts";
import type { Evidence, Judged, LineRange, SaidThread } from "../../src/core/evidence.ts";
import type { VerifierEvidence } from "../../src/core/verifier-evidence.ts";
import { changedFile } from "./changed-file.ts";

/** What the agent might claim of `someFile`. */
export const someCandidate = (over: Partial<Candidate> = {}): Candidate => ({
  id: "c1",
  origin: { kind: "agent" },
  title: "Reject negative amounts before sending",
  body: "A negative amount reaches the bank as a refund, because nothing checks its sign.",
  severity: "P1",
  category: "correctness",
  confidence: 0.8,
  path: "src/pay.ts",
  side: "RIGHT",
  startLine: 12,
  line: 12,
  quote: "return send(amount);",
  trigger: "pay(-5) sends -5; it should throw",
  evidence: [],
  replacement: null,
  rule: null,
  premises: [],
  ...over,
});

export const someRule = { kind: "rule", analyzer: "oxlint", rule: "no-self-assign" } as const;

/** Right lines 10 to 14, of which 12 and 13 were added; left lines 10 to 13, of which 12 was removed. */
export const someFile = changedFile("src/pay.ts", [
  "@@ -10,4 +10,5 @@",
  " export const pay = (amount: number) => {",
  "   audit(amount);",
  "-  return sendOld(amount);",
  "+  return send(amount);",
  "+  // unreachable",
  " };",
]);

export const rangeAt = (startLine: number, endLine = startLine, over: Partial<LineRange> = {}): LineRange => ({
  path: "src/pay.ts",
  side: "RIGHT",
  startLine,
  endLine,
  ...over,
});

const someEvidence = (over: Partial<Evidence> = {}): Evidence => ({
  file: someFile,
  quote: { found: "in_place", range: rangeAt(12) },
  anchor: { path: "src/pay.ts", side: "RIGHT", startLine: null, line: 12 },
  unanchored: null,
  fingerprint: "f1",
  ignoredBy: null,
  minSeverity: "P2",
  threads: [],
  facts: [],
  verifier: null,
  fix: null,
  ...over,
});

export const someJudged = (
  over: { readonly candidate?: Partial<Candidate>; readonly evidence?: Partial<Evidence> } & Partial<
    Pick<Judged, "standing" | "verdicts">
  > = {},
): Judged => ({
  candidate: someCandidate(over.candidate),
  evidence: someEvidence(over.evidence),
  verdicts: over.verdicts ?? [],
  standing: over.standing ?? "line",
});

/** A candidate of its own on one added line: neither its code nor its words are another's. */
export const judgedNumber = (
  number: number,
  over: { readonly candidate?: Partial<Candidate>; readonly evidence?: Partial<Evidence> } = {},
): Judged =>
  someJudged({
    candidate: {
      id: `c${number}`,
      title: `Mend defect number${number}`,
      line: number,
      startLine: number,
      ...over.candidate,
    },
    evidence: { fingerprint: `f${number}`, quote: { found: "in_place", range: rangeAt(number) }, ...over.evidence },
  });

export const someThread = (over: Partial<SaidThread> = {}): SaidThread => ({
  threadId: "T1",
  path: "src/pay.ts",
  startLine: null,
  line: 12,
  side: "RIGHT",
  isResolved: false,
  author: "writer",
  body: "Nothing checks the sign: a negative value reaches the bank as a refund.",
  fingerprints: [],
  ownFinding: null,
  url: "https://github.example/acme/shop/pull/7#discussion_r1",
  ...over,
});

export const confirmed = {
  verdict: "confirmed" as const,
  reason: "no check on the way",
  quotes: [{ path: "src/pay.ts", quote: "return send(amount);", found: true }],
  introduced: true,
  worthFixing: "yes" as const,
  earlier: null,
} satisfies VerifierEvidence;
