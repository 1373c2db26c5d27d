import { describe, expect, it } from "vitest";
import { buildPlan } from "../../src/core/build-plan.ts";
import type { Verdict } from "../../src/core/evidence.ts";
import { noteMarker, runMarker } from "../../src/core/marker.ts";
import type { PlanInput } from "../../src/core/plan-input.ts";
import { defaultPolicy, type ReviewPolicy } from "../../src/core/policy.ts";
import type { ReviewRequest } from "../../src/core/request.ts";
import type { Outcome, ReviewResult } from "../../src/core/run.ts";
import type { StandingFinding } from "../../src/core/standing-findings.ts";
import { manyFindings, someFinding, summaryFinding } from "../fakes/finding.ts";
import { someThread } from "../fakes/judged.ts";
import { somePullRequest } from "../fakes/pull-request.ts";
import { someResult } from "../fakes/run.ts";

const automatic: ReviewRequest = {
  id: "request-1",
  trigger: "opened",
  headSha: "a".repeat(40),
  focus: null,
  mode: "review",
  requester: null,
  source: null,
  receivedAt: new Date("2026-11-20T10:00:00Z"),
};
const command: ReviewRequest = {
  ...automatic,
  id: "request-2",
  trigger: "command",
  source: { kind: "issue_comment", id: 5, nodeId: "IC_5" },
};

const reviewed = (result: Partial<ReviewResult> = {}, partial = false): Outcome => ({
  kind: "reviewed",
  result: someResult(result),
  partial,
});

const planOf = (outcome: Outcome, over: Partial<PlanInput> = {}) =>
  buildPlan({
    runId: "run-1",
    snapshot: somePullRequest(),
    policy: defaultPolicy,
    requests: [automatic],
    outcome,
    ...over,
  });

const withPolicy = (over: Partial<ReviewPolicy>): ReviewPolicy => ({ ...defaultPolicy, ...over });
const withReview = (over: Partial<ReviewPolicy["review"]>) =>
  withPolicy({ review: { ...defaultPolicy.review, ...over } });
const withCheck = (over: Partial<ReviewPolicy["check"]>) => withPolicy({ check: { ...defaultPolicy.check, ...over } });

const eyesGone = { subjectId: "PR_7", content: "EYES", action: "remove" };
const thumb = { subjectId: "PR_7", content: "THUMBS_UP", action: "add" };
const thumbGone = { ...thumb, action: "remove" };

const oldSummary = { id: 77, nodeId: "IC_77", body: `old\n\n${noteMarker({ key: "summary", runId: "run-0" })}` };
const laterRound = somePullRequest({ ownComments: [oldSummary] });

const stillThere: StandingFinding = {
  severity: "P1",
  title: "Reject negative amounts",
  path: "src/pay.ts",
  line: 12,
  url: "https://github.example/acme/shop/pull/7#discussion_r1",
};

describe("a clean review", () => {
  it("leaves a check run and a thumb, and nothing that sends mail", () => {
    expect(planOf(reviewed({ coverage: [{ path: "a.ts", read: "none", reason: "binary" }] }))).toMatchObject({
      runId: "run-1",
      headSha: "a".repeat(40),
      check: {
        conclusion: "success",
        title: "No problems found",
        summary: expect.stringContaining("`a.ts`: not read, binary"),
      },
      review: null,
      notes: [],
      replies: [],
      reactions: [eyesGone, thumb],
    });
  });

  it("edits a summary that is there", () => {
    expect(planOf(reviewed(), { snapshot: laterRound }).notes).toMatchObject([{ key: "summary", commentId: 77 }]);
  });

  it("thanks a command where it was given", () => {
    expect(planOf(reviewed(), { requests: [command] }).reactions).toEqual([
      { ...eyesGone, subjectId: "IC_5" },
      { ...thumb, subjectId: "IC_5" },
    ]);
  });

  it("is none while a finding of an earlier round stands", () => {
    const plan = planOf(reviewed({ standing: [stillThere] }), {
      snapshot: somePullRequest({ threads: [someThread({ author: "self" })] }),
    });
    expect(plan).toMatchObject({
      check: { conclusion: "neutral" },
      review: null,
      notes: [],
      reactions: [eyesGone, thumbGone],
    });
  });

  it("is told to whoever gave a command, where findings of earlier rounds stand", () => {
    const [note, ...more] = planOf(reviewed({ standing: [stillThere] }), { requests: [command] }).notes;
    expect(more).toEqual([]);
    expect(note).toMatchObject({ key: "summary", commentId: null });
    expect(note?.body).toContain(stillThere.url);
  });
});

describe("a review with findings", () => {
  const findings = [
    someFinding(),
    summaryFinding("below the threshold", "P3 is below P2", { candidate: { severity: "P3" } }),
  ];

  it("is one review whose body is the summary", () => {
    const plan = planOf(reviewed({ findings }));
    expect(plan).toMatchObject({
      check: { conclusion: "neutral", title: "1 finding (1 P1), 1 in the summary alone" },
      notes: [],
      replies: [],
    });
    expect(plan.review).toMatchObject({
      event: "COMMENT",
      comments: [{ anchor: findings[0]?.anchor, fingerprint: "f1" }],
    });
    expect(plan.review?.body).toContain("1 finding not on a line (1 P3)");
    expect(plan.review?.body.endsWith(runMarker("run-1"))).toBe(true);
  });

  it("can be posted without lines, every finding with its text and a link", () => {
    const many = manyFindings(30);
    const body = planOf(reviewed({ findings: many })).review?.fallbackBody ?? "";
    for (const { candidate } of many)
      expect(body).toMatch(new RegExp(`\\*\\*P1 · ${candidate.title}\\*\\*\n\n[^*]*/blob/a{40}/${candidate.path}#L12`));
    expect(body.endsWith(runMarker("run-1"))).toBe(true);
  });

  it.each([
    { title: "a summary of ours is there", snapshot: laterRound, commentId: 77 },
    {
      title: "a thread of ours is there",
      snapshot: somePullRequest({ threads: [someThread({ author: "self" })] }),
      commentId: null,
    },
  ])("has a summary comment from the second round on: $title", ({ snapshot, commentId }) => {
    const plan = planOf(reviewed({ findings }), { snapshot });
    expect(plan.notes).toMatchObject([
      { key: "summary", commentId, body: expect.stringContaining("1 finding not on a line") },
    ]);
    expect(plan.notes[0]?.body.endsWith(noteMarker({ key: "summary", runId: "run-1" }))).toBe(true);
    expect(plan.review?.body).not.toContain("1 finding not on a line");
  });

  it.each([
    { failOn: "never" as const, conclusion: "neutral" },
    { failOn: "P0" as const, conclusion: "neutral" },
    { failOn: "P1" as const, conclusion: "failure" },
    { failOn: "P3" as const, conclusion: "failure" },
  ])("is $conclusion where fail_on is $failOn and a P1 stands on a line", ({ failOn, conclusion }) => {
    expect(planOf(reviewed({ findings }), { policy: withCheck({ fail_on: failOn }) }).check?.conclusion).toBe(
      conclusion,
    );
    const earlier = reviewed({ standing: [stillThere] });
    expect(planOf(earlier, { policy: withCheck({ fail_on: failOn }) }).check?.conclusion).toBe(conclusion);
  });

  it.each([
    { least: "never" as const, isOwn: false, event: "COMMENT" },
    { least: "P0" as const, isOwn: false, event: "COMMENT" },
    { least: "P1" as const, isOwn: false, event: "REQUEST_CHANGES" },
    { least: "P1" as const, isOwn: true, event: "COMMENT" },
  ])("is a $event where request_changes is $least (own pull request: $isOwn)", ({ least, isOwn, event }) => {
    const policy = withReview({ request_changes: least });
    expect(planOf(reviewed({ findings }), { policy, snapshot: somePullRequest({ isOwn }) }).review?.event).toBe(event);
  });

  it("answers in the thread of the author's look-alike, without a suggestion and without a review of its own", () => {
    const reply: Verdict = { gate: "said", action: "keep", reason: "r", replyTo: "T7" };
    const finding = someFinding({ verdicts: [reply], candidate: { replacement: "x" } });
    const plan = planOf(reviewed({ findings: [finding] }));
    expect(plan).toMatchObject({ review: null, notes: [], replies: [{ threadId: "T7", fingerprint: "f1" }] });
    expect(plan.replies[0]?.body).not.toContain("```suggestion");
  });

  it("answers once for a fingerprint; the second stands on its line", () => {
    const reply: Verdict = { gate: "said", action: "keep", reason: "r", replyTo: "T7" };
    const plan = planOf(
      reviewed({ findings: [someFinding({ verdicts: [reply] }), someFinding({ verdicts: [reply] })] }),
    );
    expect(plan.replies).toHaveLength(1);
    expect(plan.review?.comments).toHaveLength(1);
  });

  it("takes back the thumb of an earlier clean head", () => {
    expect(planOf(reviewed({ findings })).reactions).toEqual([eyesGone, thumbGone]);
  });
});

describe("only folded or unconfirmed findings", () => {
  it.each([
    { title: "unconfirmed", finding: summaryFinding("unconfirmed", "not verified", { candidate: { severity: "P0" } }) },
    { title: "folded", finding: summaryFinding("over the cap", "number 6") },
  ])("are one comment and a neutral check, whatever fail_on says: $title", ({ finding }) => {
    const plan = planOf(reviewed({ findings: [finding] }), { policy: withCheck({ fail_on: "P3" }) });
    expect(plan).toMatchObject({
      check: { conclusion: "neutral" },
      review: null,
      notes: [{ key: "summary", commentId: null }],
      reactions: [eyesGone, thumbGone],
    });
  });
});

describe("a partial review", () => {
  it("posts what was found, and says that something is missing", () => {
    const notices = [{ kind: "budget" as const, text: "The budget of $2 is spent." }];
    const plan = planOf(reviewed({ findings: [someFinding()], notices }, true));
    expect(plan.check).toMatchObject({ conclusion: "neutral", title: "Partial: 1 finding (1 P1)" });
    expect(plan.review?.comments).toHaveLength(1);
    expect(plan.review?.body).toContain("The budget of &#36;2 is spent.");
  });

  it("is not called clean and gets no thumb", () => {
    const plan = planOf(reviewed({}, true));
    expect(plan).toMatchObject({
      check: { conclusion: "neutral", title: "Partial: No problems found in what was read" },
      review: null,
      notes: [],
    });
    expect(plan.reactions).toEqual([eyesGone, thumbGone]);
  });
});

describe("a skipped head", () => {
  it("has a check run with the reason and nothing else", () => {
    expect(planOf({ kind: "skipped", reason: "drafts are not reviewed" })).toEqual({
      runId: "run-1",
      headSha: "a".repeat(40),
      check: { conclusion: "skipped", title: "Skipped: drafts are not reviewed", summary: "drafts are not reviewed" },
      review: null,
      notes: [],
      replies: [],
      reactions: [eyesGone],
    });
  });
});

describe("our failure", () => {
  const failed: Outcome = { kind: "failed", reason: "the model did not answer @mona" };

  it("is a neutral check run and no mail", () => {
    expect(planOf(failed)).toMatchObject({
      check: { conclusion: "neutral", title: "Could not review: the model did not answer @mona" },
      review: null,
      notes: [],
      reactions: [eyesGone],
    });
  });

  it("answers a person who asked, with a confused face on the command", () => {
    const plan = planOf(failed, { requests: [automatic, command] });
    expect(plan.notes).toEqual([
      {
        key: "failure",
        commentId: null,
        body: `Could not review: the model did not answer @&#8203;mona\n\n${noteMarker({ key: "failure", runId: "run-1" })}`,
      },
    ]);
    expect(plan.reactions).toEqual([
      eyesGone,
      { ...eyesGone, subjectId: "IC_5" },
      { subjectId: "IC_5", content: "CONFUSED", action: "add" },
    ]);
  });

  it("blocks where the policy says so", () => {
    expect(planOf(failed, { policy: withCheck({ on_error: "failure" }) }).check?.conclusion).toBe("failure");
  });
});

describe("publish", () => {
  const outcome = reviewed({
    findings: [someFinding({ candidate: { replacement: "x" } }), summaryFinding("unconfirmed", "not verified")],
  });

  it("check: shows everything in the check run and posts nothing", () => {
    const plan = planOf(outcome, { policy: withPolicy({ publish: "check" }), snapshot: laterRound });
    expect(plan).toMatchObject({ review: null, notes: [], replies: [], reactions: [eyesGone] });
    expect(plan.check?.summary).toContain("A negative amount reaches the bank as a refund");
    expect(plan.check?.summary).toContain("1 finding unconfirmed");
  });

  it("off: does nothing but take its eyes away", () => {
    const off = { policy: withPolicy({ publish: "off" }), snapshot: laterRound };
    for (const any of [outcome, { kind: "failed", reason: "x" } as const, { kind: "skipped", reason: "x" } as const])
      expect(planOf(any, off)).toMatchObject({
        check: null,
        review: null,
        notes: [],
        replies: [],
        reactions: [eyesGone],
      });
  });
});
