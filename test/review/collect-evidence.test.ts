import { describe, expect, it } from "vitest";
import type { Candidate } from "../../src/core/candidate.ts";
import { defaultPolicy, policySchema } from "../../src/core/policy.ts";
import { collectEvidence, type CollectEvidenceInput } from "../../src/review/collect-evidence.ts";
import type { ChangeTrees } from "../../src/review/ports.ts";
import { createFakeTrees } from "../fakes/fake-repository.ts";
import { someCandidate, someRule, someThread } from "../fakes/judged.ts";

const body = (call: string): string =>
  ["export const pay = (amount: number) => {", "  audit(amount);", `  ${call}`, "};", ""].join("\n");

const trees = createFakeTrees({
  base: {
    "src/pay.ts": body("return sendOld(amount);"),
    "src/old.ts": body("return move(1);"),
    "src/same.ts": "export const same = 1;\n",
  },
  head: {
    "src/pay.ts": body("return send(amount);"),
    "src/new.ts": body("return move(2);"),
    "src/same.ts": "export const same = 1;\n",
    "logo.png": { binary: Uint8Array.of(0, 1, 2) },
  },
  renames: { "src/new.ts": "src/old.ts" },
});

const collect = (candidates: readonly Candidate[], over: Partial<CollectEvidenceInput> = {}) =>
  collectEvidence({
    candidates,
    trees,
    threads: [],
    policy: defaultPolicy,
    ignoredBy: () => null,
    signal: new AbortController().signal,
    ...over,
  });

const first = async (candidate: Candidate, over: Partial<CollectEvidenceInput> = {}) => {
  const [judged] = await collect([candidate], over);
  if (judged === undefined) throw new Error("no evidence");
  return judged;
};

const ignoredBy = (path: string) => (path === "src/pay.ts" ? "**/pay.ts" : null);

describe("collectEvidence", () => {
  it("finds the quote at the head, and the anchor that it gives", async () => {
    expect(await first(someCandidate({ startLine: null, line: 3 }))).toMatchObject({
      standing: "line",
      verdicts: [],
      evidence: {
        file: { path: "src/pay.ts" },
        quote: { found: "in_place", range: { path: "src/pay.ts", side: "RIGHT", startLine: 3, endLine: 3 } },
        anchor: { path: "src/pay.ts", side: "RIGHT", startLine: null, line: 3 },
        unanchored: null,
        verifier: null,
        fix: null,
      },
    });
  });

  it("finds removed code at the base", async () => {
    expect((await first(someCandidate({ side: "LEFT", quote: "return sendOld(amount);" }))).evidence).toMatchObject({
      quote: { found: "moved", range: { side: "LEFT", startLine: 3 } },
      anchor: { side: "LEFT", line: 3 },
    });
  });

  it.each([
    { title: "the new name", path: "src/new.ts", side: "RIGHT" as const, quote: "return move(2);" },
    { title: "the old name", path: "src/old.ts", side: "RIGHT" as const, quote: "return move(2);" },
    { title: "the old name for the base", path: "src/old.ts", side: "LEFT" as const, quote: "return move(1);" },
    { title: "the new name for the base", path: "src/new.ts", side: "LEFT" as const, quote: "return move(1);" },
  ])("knows a renamed file by $title, and calls it by the new one", async ({ path, side, quote }) => {
    const judged = await first(someCandidate({ path, side, quote, startLine: null, line: null }));
    expect(judged.candidate.path).toBe("src/new.ts");
    expect(judged.evidence).toMatchObject({
      quote: { found: "in_place" },
      anchor: { path: "src/new.ts", side, line: 3 },
    });
  });

  it.each([
    {
      title: "code that is nowhere",
      over: { quote: "cancel()" },
      quote: "nowhere",
      unanchored: "the quoted code was not found",
    },
    {
      title: "a file that does not exist",
      over: { path: "src/none.ts" },
      quote: "no_file",
      unanchored: "the file is not part of this change",
    },
    {
      title: "a binary file",
      over: { path: "logo.png" },
      quote: "no_file",
      unanchored: "the quoted code was not found",
    },
    {
      title: "a file out of the change",
      over: { path: "src/same.ts", quote: "export const same = 1;" },
      quote: "moved",
      unanchored: "the file is not part of this change",
    },
  ])("gives no anchor to $title", async ({ over, quote, unanchored }) => {
    expect((await first(someCandidate(over))).evidence).toMatchObject({
      quote: { found: quote },
      anchor: null,
      unanchored,
    });
  });

  it("gives one fingerprint to claims that quote one place in part and in whole", async () => {
    const [whole, part] = await collect([someCandidate(), someCandidate({ id: "c2", quote: "send(amount)" })]);
    expect(part?.evidence.fingerprint).toBe(whole?.evidence.fingerprint);
  });

  it("answers in the order of the candidates and reads each file once", async () => {
    const reads: string[] = [];
    const counted: Pick<ChangeTrees, "diff" | "read"> = {
      diff: trees.diff,
      read: (at, path, signal) => {
        reads.push(`${at}:${path}`);
        return trees.read(at, path, signal);
      },
    };
    const candidates = [
      someCandidate({ id: "c1" }),
      someCandidate({ id: "c2", path: "src/new.ts" }),
      someCandidate({ id: "c3" }),
      someCandidate({ id: "c4", side: "LEFT" }),
    ];
    const judged = await collect(candidates, { trees: counted });
    expect(judged.map(({ candidate }) => candidate.id)).toEqual(["c1", "c2", "c3", "c4"]);
    expect(reads).toEqual(["head:src/pay.ts", "head:src/new.ts", "base:src/pay.ts"]);
  });

  it("brings what the policy says of the path", async () => {
    const policy = policySchema.parse({
      paths: {
        rules: [
          { path: "src/**", min_severity: "P1" },
          { path: "src/pay.ts", min_severity: "P3" },
          { path: "**", instructions: "x" },
        ],
      },
    });
    expect((await first(someCandidate(), { policy, ignoredBy })).evidence).toMatchObject({
      minSeverity: "P3",
      ignoredBy: "**/pay.ts",
    });
    expect((await first(someCandidate({ path: "src/new.ts" }), { policy })).evidence.minSeverity).toBe("P1");
    expect((await first(someCandidate({ path: "lib/x.ts" }), { policy })).evidence.minSeverity).toBe("P2");
  });

  it.each([
    { origin: { kind: "agent" } as const, minSeverity: "P1" },
    { origin: someRule, minSeverity: "P2" },
  ])("asks of $origin.kind what the dial asks of it", async ({ origin, minSeverity }) => {
    const policy = policySchema.parse({ review: { precision: "strict" } });
    expect((await first(someCandidate({ origin }), { policy })).evidence.minSeverity).toBe(minSeverity);
  });

  it("brings the threads of the file, by its old name too", async () => {
    const threads = [someThread({ path: "src/old.ts" }), someThread({ path: "src/new.ts" }), someThread()];
    const judged = await first(someCandidate({ path: "src/new.ts" }), { threads });
    expect(judged.evidence.threads).toEqual(threads.slice(0, 2));
  });

  it("stops when it is told to", async () => {
    await expect(collect([someCandidate()], { signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow("stop");
  });
});
