import { describe, expect, it } from "vitest";
import { chooseRun, type RunChoice, type RunFacts } from "../../src/core/choose-run.ts";
import { policySchema } from "../../src/core/policy.ts";
import type { PullRequestSnapshot } from "../../src/core/pull-request.ts";
import type { Trigger } from "../../src/core/request.ts";
import { somePullRequest } from "../fakes/pull-request.ts";
import { someRequest } from "../fakes/wanted.ts";

interface Scene {
  readonly triggers?: readonly Trigger[];
  readonly snapshot?: Partial<PullRequestSnapshot>;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly reviewed?: RunFacts["reviewed"];
  readonly forks?: RunFacts["forks"];
  readonly authorCanWrite?: boolean;
}

const choose = (scene: Scene): RunChoice =>
  chooseRun({
    requests: (scene.triggers ?? ["opened"]).map((trigger, at) => someRequest({ id: `request-${at}`, trigger })),
    snapshot: somePullRequest(scene.snapshot),
    policy: policySchema.parse({ triggers: scene.policy ?? {} }),
    reviewed: scene.reviewed ?? [],
    forks: scene.forks ?? "members",
    authorCanWrite: scene.authorCanWrite ?? null,
  });

const { headSha } = somePullRequest();
const thisHead = [{ headSha, mergeBase: "m1" }];
const olderHead = [{ headSha: "0".repeat(40), mergeBase: "m1" }];
const full = { kind: "review", incremental: false, unlessMergeBase: null };

describe("what an automatic request comes to", () => {
  it.each<[string, Scene, string]>([
    ["a draft", { snapshot: { isDraft: true } }, "draft"],
    ["an ignored author", { snapshot: { author: "dependabot[bot]" } }, "author"],
    ["an ignored author, whatever the case", { snapshot: { author: "Renovate[bot]" } }, "author"],
    ["an excluded label", { snapshot: { labels: ["No-Review"] } }, "exclude"],
    ["no included label", { policy: { labels: { include: ["review me"] } } }, "include"],
    ["another base branch", { policy: { branches: ["release/*"] } }, "branch"],
    ["opening switched off", { policy: { opened: false } }, "triggers.opened"],
    ["readiness switched off", { triggers: ["ready_for_review"], policy: { ready_for_review: false } }, "ready"],
    ["a stranger's fork", { snapshot: { isFork: true }, authorCanWrite: false }, "fork"],
    ["a fork whose author nobody asked about", { snapshot: { isFork: true } }, "fork"],
    ["a writer's fork under `after_command`", { snapshot: { isFork: true }, forks: "after_command" }, "fork"],
  ])("%s is skipped, and says why", (_what, scene, reason) => {
    const choice = choose(scene);
    expect(choice).toMatchObject({ kind: "skip" });
    expect(choice.kind === "skip" ? choice.reason : "").toContain(reason);
  });

  it.each<[string, Scene]>([
    ["a draft where drafts are wanted", { snapshot: { isDraft: true }, policy: { drafts: true } }],
    ["an included label", { snapshot: { labels: ["Review Me"] }, policy: { labels: { include: ["review me"] } } }],
    ["a matching base branch", { snapshot: { baseRef: "release/2" }, policy: { branches: ["release/*"] } }],
    ["a writer's fork", { snapshot: { isFork: true }, authorCanWrite: true }],
    ["any fork under `all`", { snapshot: { isFork: true }, forks: "all", authorCanWrite: false }],
    ["a coding agent's pull request", { snapshot: { author: "copilot-swe-agent[bot]", authorIsBot: true } }],
    ["a new head that is made ready", { triggers: ["ready_for_review"], reviewed: olderHead }],
    ["a new head that is reopened", { triggers: ["reopened"], reviewed: olderHead }],
    ["a push with `on_push: full`", { triggers: ["synchronize"], policy: { on_push: "full" }, reviewed: olderHead }],
    ["an unfinished request after a push", { triggers: ["opened", "synchronize"] }],
  ])("%s is reviewed in full", (_what, scene) => {
    expect(choose(scene)).toEqual(full);
  });

  it.each<Trigger>(["opened", "reopened", "ready_for_review", "synchronize"])(
    "%s of a head that was reviewed comes to nothing",
    (trigger) => {
      expect(choose({ triggers: [trigger], reviewed: thisHead })).toMatchObject({ kind: "nothing" });
    },
  );

  it("a push with `on_push: incremental` is reviewed in part", () => {
    const scene: Scene = { triggers: ["synchronize"], policy: { on_push: "incremental" }, reviewed: olderHead };
    expect(choose(scene)).toEqual({ ...full, incremental: true });
  });

  it("a push with `on_push: off` names the last reviewed head", () => {
    expect(choose({ triggers: ["synchronize"], reviewed: olderHead })).toEqual({
      kind: "last_reviewed",
      headSha: "0".repeat(40),
    });
    expect(choose({ triggers: ["synchronize"] })).toEqual({ kind: "last_reviewed", headSha: null });
  });

  it("another base is reviewed unless the merge base is the one of the last review", () => {
    const scene: Scene = { triggers: ["base_changed"], reviewed: thisHead };
    expect(choose(scene)).toEqual({ ...full, unlessMergeBase: "m1" });
    expect(choose({ ...scene, reviewed: olderHead })).toEqual(full);
  });

  it.each(["closed", "merged"] as const)("a %s pull request wants nothing by itself", (state) => {
    expect(choose({ snapshot: { state } })).toMatchObject({ kind: "nothing" });
  });
});

describe("what somebody asked for", () => {
  it.each<[string, Scene]>([
    ["drafts", { snapshot: { isDraft: true } }],
    ["ignored authors", { snapshot: { author: "dependabot[bot]" } }],
    ["excluded labels", { snapshot: { labels: ["no-review"] } }],
    ["base branches", { policy: { branches: ["release/*"] } }],
    ["triggers", { policy: { opened: false, ready_for_review: false } }],
    ["the operator's rule on forks, which was applied to who asked", { snapshot: { isFork: true } }],
    ["an earlier review of this head", { reviewed: thisHead }],
    ["a closing that came after it", { snapshot: { state: "closed" } }],
  ])("stands above %s", (_what, scene) => {
    expect(choose({ ...scene, triggers: ["command"] })).toEqual(full);
    expect(choose({ ...scene, triggers: ["rerun"] })).toEqual(full);
    expect(choose({ ...scene, triggers: ["synchronize", "command"] })).toEqual(full);
  });
});
