import { describe, expect, it } from "vitest";
import type { Judged } from "../../src/core/evidence.ts";
import { ModelError } from "../../src/review/errors.ts";
import type { ModelRequest } from "../../src/review/model-ports.ts";
import { verifyAgainPrompt } from "../../src/review/prompts/verify-again.ts";
import { verifyPrompt } from "../../src/review/prompts/verify.ts";
import { verifyCandidates, type Verification } from "../../src/review/verify.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createFakeModel, inTurns, lastResults, textOf, type FakeScript } from "../fakes/fake-model.ts";
import { createFakeSyntax } from "../fakes/fake-syntax.ts";
import { someJudged } from "../fakes/judged.ts";
import { someBudget, someTrees, theDefect } from "./agent/some-change.ts";

const never = new AbortController().signal;

const claim = (over: Partial<Judged["candidate"]> = {}): Judged => {
  const id = over.id ?? "agent-1";
  const range = { path: "src/list.ts", side: "RIGHT", startLine: 2, endLine: 2 } as const;
  const file = someTrees.diff.files.find(({ path }) => path === "src/list.ts") ?? null;
  const { title, quote, trigger, path } = theDefect;
  return someJudged({
    candidate: { id, title, quote, trigger, path, body: "BODY of the finder", ...over },
    evidence: { file, quote: { found: "in_place", range }, fingerprint: `f${id}` },
  });
};

const real = { path: "src/list.ts", at: "head", quote: "const start = number * 10;" };
const invented = { path: "src/list.ts", at: "head", quote: "const start = 0;" };
const judge = (verdict: string, quotes: readonly object[] = [real], grades: object = {}) => ({
  calls: [{ name: "judge", arguments: { verdict, reason: "Walked it through.", quotes, ...grades } }],
});

const verify = async (
  script: FakeScript,
  judged: readonly Judged[] = [claim()],
  budget = someBudget(),
): Promise<{ readonly verification: Verification; readonly requests: readonly ModelRequest[] }> => {
  const model = createFakeModel(script);
  const deps = { model, trees: someTrees, syntax: createFakeSyntax(), clock: createFakeClock(), modelName: "model-2" };
  return {
    verification: await verifyCandidates(deps, { runId: "run-1", judged, budget }, never),
    requests: model.requests,
  };
};

const verdictOf = ({ verification }: { readonly verification: Verification }) => verification.verdicts.get("agent-1");

describe("the second reader", () => {
  it("sees title, place, code, trigger and premises, and neither reasoning nor the author's words", async () => {
    const { requests } = await verify(inTurns(judge("confirmed")), [
      claim({ premises: ["slice ends before its end"] }),
    ]);
    const [request] = requests;
    const text = request === undefined ? "" : textOf(request);
    for (const part of [
      theDefect.title,
      "src/list.ts, lines 2-2, at the head",
      theDefect.trigger,
      "slice ends before its end",
    ])
      expect(text).toContain(part);
    expect(text).toContain("2 +|  const start = number * 10;");
    expect(text).not.toContain("BODY of the finder");
    expect(request).toMatchObject({ instructions: verifyPrompt, model: "model-2" });
    expect(request?.tools.map(({ name }) => name)).not.toContain("report_finding");
  });

  it.each([
    { says: "confirmed", quotes: [real], verdict: "confirmed" },
    { says: "refuted", quotes: [real], verdict: "refuted" },
    { says: "refuted", quotes: [real, invented], verdict: "refuted" },
    { says: "unsure", quotes: [], verdict: "unsure" },
  ])("is taken at its word where it shows code: $says", async ({ says, quotes, verdict }) => {
    expect(verdictOf(await verify(inTurns(judge(says, quotes))))).toMatchObject({ verdict });
  });

  it.each([
    { says: "confirmed", quotes: [] },
    { says: "confirmed", quotes: [invented] },
    { says: "confirmed", quotes: [real, invented] },
    { says: "confirmed", quotes: [{ ...real, at: "base" }] },
    { says: "refuted", quotes: [] },
    { says: "refuted", quotes: [invented] },
  ])("is unsure where it says $says with $quotes after being asked once more", async ({ says, quotes }) => {
    const answer = await verify(inTurns(judge(says, quotes), judge(says, quotes)));
    expect(verdictOf(answer)).toMatchObject({ verdict: "unsure" });
    expect(answer.requests[1] === undefined ? [] : lastResults(answer.requests[1])[0]).toMatch(
      /^Not taken: .*judge again/,
    );
  });

  it("is shown what is nearest to a quote that is not there", async () => {
    const { requests } = await verify(inTurns(judge("confirmed", [invented]), judge("confirmed")));
    expect(requests[1] === undefined ? [] : lastResults(requests[1])[0]).toContain(
      "    2  |  const start = number * 10;",
    );
  });

  it.each([
    { line: 1, says: "It is said to break README.md, line 1. There, from line 1 on:\nPages." },
    { line: null, says: "It is said to break README.md. There, from line 1 on:\nPages." },
  ])("reads the cited rule as the base has it: line $line", async ({ line, says }) => {
    const { requests } = await verify(inTurns(judge("confirmed")), [claim({ rule: { path: "README.md", line } })]);
    expect(requests[0] === undefined ? "" : textOf(requests[0])).toContain(says);
  });

  it("is told where the cited rule does not exist", async () => {
    const { requests } = await verify(inTurns(judge("confirmed")), [claim({ rule: { path: "NO.md", line: 3 } })]);
    expect(requests[0] === undefined ? "" : textOf(requests[0])).toContain("the base has no such text file");
  });

  it("gets the part that a file's claims share first, so that a cache can keep it", async () => {
    const { requests } = await verify(
      () => judge("confirmed"),
      [
        claim({ id: "agent-1", title: "One", trigger: "a -> b -> c" }),
        claim({ id: "agent-2", title: "Two", trigger: "d -> e -> f" }),
      ],
    );
    const openings = requests.map(({ input }) => input);
    expect(openings[0]?.[0]).toEqual(openings[1]?.[0]);
    expect(openings[0]?.[1]).not.toEqual(openings[1]?.[1]);
  });

  it("may mend its quotes", async () => {
    expect(verdictOf(await verify(inTurns(judge("confirmed", [invented]), judge("confirmed"))))).toEqual({
      verdict: "confirmed",
      reason: "Walked it through.",
      quotes: [{ path: "src/list.ts", quote: "const start = number * 10;", found: true }],
      introduced: true,
      worthFixing: "yes",
      earlier: null,
    });
  });

  it.each([
    { grades: {}, introduced: true, worthFixing: "yes" },
    { grades: { introduced_by_change: "no", worth_fixing: "minor" }, introduced: false, worthFixing: "minor" },
    { grades: { introduced_by_change: null, worth_fixing: "no" }, introduced: true, worthFixing: "no" },
  ])("grades what it confirms, and yes is what it leaves out: $grades", async ({ grades, introduced, worthFixing }) => {
    const answer = await verify(inTurns(judge("confirmed", [real], grades)));
    expect(verdictOf(answer)).toMatchObject({ verdict: "confirmed", introduced, worthFixing });
  });

  it("reads before it judges", async () => {
    const look = { calls: [{ name: "references", arguments: { name: "page", globs: null, at: "head" } }] };
    const { requests } = await verify(inTurns(look, judge("confirmed")));
    expect(requests[1] === undefined ? "" : textOf(requests[1])).toContain("src/first.ts");
  });
});

const again =
  (script: FakeScript): FakeScript =>
  (request) =>
    request.at.conversation.endsWith("-again") ? script(request) : judge("unsure", []);

describe("a further reader, where the first is unsure of a severe claim", () => {
  it.each(["confirmed", "refuted", "unsure"])("decides, and both are kept: %s", async (verdict) => {
    const answer = await verify(again(inTurns(judge(verdict))));
    expect(verdictOf(answer)).toMatchObject({ verdict, earlier: { verdict: "unsure" } });
    expect(answer.verification.usage.calls).toBe(2);
  });

  it("is told to build the case and sees nothing of the first one's words", async () => {
    const { requests } = await verify(again(inTurns(judge("confirmed"))));
    expect(requests.map(({ instructions }) => instructions)).toEqual([verifyPrompt, verifyAgainPrompt]);
    expect(requests[1] === undefined ? "" : textOf(requests[1])).not.toContain("Walked it through.");
    expect(requests[1]?.input).toEqual(requests[0]?.input);
  });

  it.each([
    { severity: "P0", asked: 2 },
    { severity: "P1", asked: 2 },
    { severity: "P2", asked: 1 },
    { severity: "P3", asked: 1 },
  ] as const)("is asked for P0 and P1: $severity", async ({ severity, asked }) => {
    const { requests } = await verify(() => judge("unsure", []), [claim({ severity })]);
    expect(requests).toHaveLength(asked);
  });

  it.each(["confirmed", "refuted"])("is not asked where the first has %s", async (verdict) => {
    expect((await verify(() => judge(verdict))).requests).toHaveLength(1);
  });

  it.each([
    { what: "is down", script: inTurns(new ModelError("unavailable", "answered 503")) },
    { what: "comes to no judgement", script: inTurns({ text: "Hm." }, { text: "Hm." }) },
  ])("leaves the first one's word where it $what", async ({ script }) => {
    expect(verdictOf(await verify(again(script)))).toMatchObject({ verdict: "unsure", earlier: null });
  });

  it("does not hide that a recording does not hold it", async () => {
    await expect(verify(again(inTurns(new ModelError("replay", "differs"))))).rejects.toThrow("differs");
  });
});

describe("what was not verified", () => {
  it.each([
    {
      what: "the model is down",
      script: inTurns(new ModelError("unavailable", "answered 503")),
      reason: "answered 503",
    },
    {
      what: "the model refuses",
      script: inTurns({ text: "No.", stop: "refused" }),
      reason: "the model declined to go on: No.",
    },
    {
      what: "it only talks",
      script: inTurns({ text: "Fine." }, { text: "Fine." }),
      reason: "the model stopped calling tools",
    },
  ])("says why: $what", async ({ script, reason }) => {
    const answer = await verify(script);
    expect(verdictOf(answer)).toEqual({ verdict: "not_verified", reason });
    expect(answer.verification.notices).toEqual([
      { kind: "model", text: `1 of 1 findings were not verified: ${reason}.` },
    ]);
  });

  it("is not asked when the time is spent before", async () => {
    const { requests, verification } = await verify(inTurns(), [claim()], someBudget({ seconds: 0 }));
    expect(requests).toEqual([]);
    expect(verification.verdicts.get("agent-1")).toMatchObject({ verdict: "not_verified" });
  });

  it("begins with the least severe when money runs out", async () => {
    const claims = Array.from({ length: 12 }, (_, index) =>
      claim({ id: `agent-${index}`, title: `Claim ${index}`, severity: index === 11 ? "P0" : "P2" }),
    );
    const { verification } = await verify(
      () => ({ ...judge("confirmed"), usage: { usd: 0.5 } }),
      claims,
      someBudget({ usd: 1 }),
    );
    const said = [...verification.verdicts].filter(([, { verdict }]) => verdict === "confirmed").map(([id]) => id);
    expect(said).toHaveLength(2);
    expect(said).toContain("agent-11");
    expect(verification.verdicts.size).toBe(12);
    expect(verification.usage.usd).toBe(1);
  });
});

const namesOf = async (judged: readonly Judged[]) =>
  (await verify(() => judge("confirmed"), judged)).requests.map(({ at }) => at.conversation).toSorted();

describe("many claims", () => {
  it("are verified four at a time", async () => {
    let active = 0;
    let most = 0;
    const model = createFakeModel(() => judge("confirmed"));
    const counting = {
      turn: async (...given: Parameters<typeof model.turn>) => {
        active += 1;
        most = Math.max(most, active);
        await new Promise((resolve) => setImmediate(resolve));
        active -= 1;
        return model.turn(...given);
      },
    };
    const deps = {
      model: counting,
      trees: someTrees,
      syntax: createFakeSyntax(),
      clock: createFakeClock(),
      modelName: "m",
    };
    const judged = Array.from({ length: 10 }, (_, index) => claim({ id: `agent-${index}`, title: `Claim ${index}` }));
    await verifyCandidates(deps, { runId: "run-1", judged, budget: someBudget() }, never);
    expect(most).toBe(4);
  });

  it("keep their conversations' names in whatever order they come", async () => {
    const claims = ["one", "two", "three"].map((title, index) => claim({ id: `agent-${index}`, title }));
    expect(await namesOf(claims)).toEqual(await namesOf(claims.toReversed()));
    expect(new Set(await namesOf(claims)).size).toBe(3);
  });

  it("stop together when a recording does not fit", async () => {
    const judged = Array.from({ length: 8 }, (_, index) => claim({ id: `agent-${index}`, title: `Claim ${index}` }));
    await expect(
      verify(() => {
        throw new ModelError("replay", "differs");
      }, judged),
    ).rejects.toThrow("differs");
  });
});
