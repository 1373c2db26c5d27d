import { describe, expect, it } from "vitest";
import { chooseRun, type RunFacts } from "../../src/core/choose-run.ts";
import { policySchema } from "../../src/core/policy.ts";
import { decide } from "../../src/webhook/decide.ts";
import { somePullRequest } from "../fakes/pull-request.ts";
import * as payloads from "./payload.ts";

interface Scene {
  readonly isDraft: boolean;
  readonly reviewed?: RunFacts["reviewed"];
  readonly onPush?: "off" | "incremental" | "full";
}

/** From a delivery to what becomes of it, in a few words; the policy is the default one beside `on_push`. */
const outcomeOf = (of: { readonly event: string; readonly payload: unknown }, scene: Scene): string => {
  const receivedAt = new Date("2026-11-20T10:00:00Z");
  const decision = decide({ guid: "guid-1", ...of, receivedAt, appId: payloads.ownAppId });
  if (decision.kind !== "want") return decision.kind;
  const choice = chooseRun({
    requests: decision.wanted.map(({ request }) => request),
    snapshot: somePullRequest({ isDraft: scene.isDraft }),
    policy: policySchema.parse({ triggers: { on_push: scene.onPush ?? "off" } }),
    reviewed: scene.reviewed ?? [],
    forks: "members",
    authorCanWrite: null,
  });
  if (choice.kind !== "review") return choice.kind;
  if (choice.unlessMergeBase !== null) return `review unless merge base ${choice.unlessMergeBase}`;
  return choice.incremental ? "incremental review" : "review";
};

const { headSha } = somePullRequest();
const thisHead = [{ headSha, mergeBase: "m1" }];
const olderHead = [{ headSha: "0".repeat(40), mergeBase: "m0" }];
const newBase = { changes: { base: { ref: { from: "main" } } } };

const pull = (action: string, over = {}) => ({
  event: "pull_request",
  payload: payloads.pullRequestPayload(action, over),
});
const suite = { event: "check_suite", payload: payloads.checkPayload("check_suite") };
const run = { event: "check_run", payload: payloads.checkPayload("check_run") };
const forkSuite = { event: "check_suite", payload: payloads.checkPayload("check_suite", { isFork: true }) };
const forkRun = { event: "check_run", payload: payloads.checkPayload("check_run", { isFork: true }) };
const mergeGroup = { event: "merge_group", payload: payloads.mergeGroupPayload("checks_requested") };
const removed = { event: "installation", payload: payloads.installationPayload("deleted") };
const repositoryRemoved = {
  event: "installation_repositories",
  payload: payloads.installationRepositoriesPayload("removed"),
};
const command = { event: "issue_comment", payload: payloads.commentPayloads.issue_comment({ body: "@codex review" }) };
const lineCommand = {
  event: "pull_request_review_comment",
  payload: payloads.commentPayloads.pull_request_review_comment({ body: "@codex review" }),
};
const reviewCommand = {
  event: "pull_request_review",
  payload: payloads.commentPayloads.pull_request_review({ body: "@codex review" }),
};

describe("the table of events", () => {
  it.each([
    { what: "opened", of: pull("opened"), draft: "skip", ready: "review" },
    { what: "made ready", of: pull("ready_for_review"), reviewed: olderHead, draft: "skip", ready: "review" },
    { what: "made ready again", of: pull("ready_for_review"), reviewed: thisHead, draft: "skip", ready: "nothing" },
    { what: "reopened", of: pull("reopened"), reviewed: olderHead, draft: "skip", ready: "review" },
    { what: "reopened, reviewed", of: pull("reopened"), reviewed: thisHead, draft: "skip", ready: "nothing" },
    { what: "pushed, off", of: pull("synchronize"), reviewed: olderHead, draft: "skip", ready: "last_reviewed" },
    {
      what: "pushed, incremental",
      of: pull("synchronize"),
      onPush: "incremental" as const,
      reviewed: olderHead,
      draft: "skip",
      ready: "incremental review",
    },
    { what: "pushed, full", of: pull("synchronize"), onPush: "full" as const, draft: "skip", ready: "review" },
    {
      what: "base changed",
      of: pull("edited", newBase),
      reviewed: thisHead,
      draft: "skip",
      ready: "review unless merge base m1",
    },
    { what: "title changed", of: pull("edited"), draft: "ignore", ready: "ignore" },
    { what: "made a draft", of: pull("converted_to_draft"), draft: "handle", ready: "handle" },
    { what: "closed", of: pull("closed"), draft: "handle", ready: "handle" },
    { what: "check re-requested", of: run, reviewed: thisHead, draft: "review", ready: "review" },
    { what: "checks re-requested", of: suite, reviewed: thisHead, draft: "review", ready: "review" },
    { what: "a fork's check re-requested", of: forkRun, draft: "handle", ready: "handle" },
    { what: "a fork's checks re-requested", of: forkSuite, draft: "handle", ready: "handle" },
    { what: "merge group", of: mergeGroup, draft: "handle", ready: "handle" },
    { what: "App removed", of: removed, draft: "handle", ready: "handle" },
    { what: "repository removed", of: repositoryRemoved, draft: "handle", ready: "handle" },
    { what: "command", of: command, draft: "handle", ready: "handle" },
    { what: "command on a line", of: lineCommand, draft: "handle", ready: "handle" },
    { what: "command in a review", of: reviewCommand, draft: "handle", ready: "handle" },
  ])("$what: $draft as a draft, $ready when ready", ({ of, draft, ready, ...scene }) => {
    expect(outcomeOf(of, { ...scene, isDraft: true })).toBe(draft);
    expect(outcomeOf(of, { ...scene, isDraft: false })).toBe(ready);
  });
});
