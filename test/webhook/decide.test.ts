import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decide, type DeliveryDecision } from "../../src/webhook/decide.ts";
import { someRef } from "../fakes/pull-request.ts";
import * as payloads from "./payload.ts";

const receivedAt = new Date("2026-11-20T10:00:00Z");
const decided = (event: string, payload: unknown): DeliveryDecision =>
  decide({ guid: "guid-1", event, payload, receivedAt, appId: payloads.ownAppId });

const commentEvents = ["issue_comment", "pull_request_review_comment", "pull_request_review"] as const;

describe("what is wanted at once", () => {
  it("is a review of the head that the event names", () => {
    expect(decided("pull_request", payloads.pullRequestPayload("opened"))).toEqual({
      kind: "want",
      wanted: [
        {
          pullRequest: someRef,
          request: {
            id: "guid-1",
            trigger: "opened",
            headSha: "a".repeat(40),
            focus: null,
            mode: "review",
            requester: "mona",
            source: null,
            receivedAt,
          },
        },
      ],
    });
  });

  it.each([
    ["opened", "opened", {}],
    ["reopened", "reopened", {}],
    ["ready_for_review", "ready_for_review", {}],
    ["synchronize", "synchronize", {}],
    ["edited", "base_changed", { changes: { base: { ref: { from: "main" } } } }],
  ])("pull_request.%s is the trigger %s", (action, trigger, over) => {
    const decision = decided("pull_request", payloads.pullRequestPayload(action, over));
    expect(decision).toMatchObject({ kind: "want", wanted: [{ request: { trigger } }] });
  });

  it.each(["check_run", "check_suite"] as const)("a re-requested %s of this App asks for a review", (name) => {
    const wanted = [{ pullRequest: someRef, request: { id: "guid-1:7", trigger: "rerun", requester: "mona" } }];
    expect(decided(name, payloads.checkPayload(name))).toMatchObject({ kind: "want", wanted });
  });
});

describe("what goes to the handlers", () => {
  it.each<[string, unknown]>([
    ["pull_request", payloads.pullRequestPayload("closed")],
    ["pull_request", payloads.pullRequestPayload("converted_to_draft")],
    ["merge_group", payloads.mergeGroupPayload("checks_requested")],
    ["installation", payloads.installationPayload("deleted")],
    ["installation_repositories", payloads.installationRepositoriesPayload("removed")],
    ["check_run", payloads.checkPayload("check_run", { isFork: true })],
    ["check_suite", payloads.checkPayload("check_suite", { isFork: true })],
    // A commit may also be the head of a pull request upstream, which is another repository's.
    ["check_suite", payloads.checkPayload("check_suite", { repositoryId: 5 })],
    ...commentEvents.map((event): [string, unknown] => [
      event,
      payloads.commentPayloads[event]({ body: "@anybody review" }),
    ]),
  ])("is %s, whose answer needs GitHub", (event, payload) => {
    expect(decided(event, payload)).toEqual({ kind: "handle" });
  });

  it("is a comment that somebody wrote by means of another App", () => {
    const payload = payloads.commentPayloads.issue_comment({ body: "@codex review", viaApp: 99 });
    expect(decided("issue_comment", payload)).toEqual({ kind: "handle" });
  });
});

describe("what is ignored", () => {
  const bot = { login: "other[bot]", type: "Bot" };
  it.each<[string, string, unknown]>([
    ["an event that nobody asked for", "star", { action: "created" }],
    ["an event named like a property of every object", "constructor", {}],
    ["a label", "pull_request", payloads.pullRequestPayload("labeled")],
    ["an edited title", "pull_request", payloads.pullRequestPayload("edited", { changes: { title: { from: "x" } } })],
    ["a plain issue", "issue_comment", payloads.plainIssuePayload("@codex review")],
    ["a comment without a body", "issue_comment", payloads.commentPayloads.issue_comment({ body: null })],
    ["talk", "issue_comment", payloads.commentPayloads.issue_comment({ body: "mail me@codex review" })],
    ["another App's check", "check_run", payloads.checkPayload("check_run", { appId: 1 })],
    ["a check that was created", "check_run", payloads.checkPayload("check_run", { action: "created" })],
    ["a merge group that is gone", "merge_group", payloads.mergeGroupPayload("destroyed")],
    ["an installation that is suspended", "installation", payloads.installationPayload("suspend")],
    ["an added repository", "installation_repositories", payloads.installationRepositoriesPayload("added")],
  ])("is %s", (_what, event, payload) => {
    expect(decided(event, payload)).toMatchObject({ kind: "ignore" });
  });

  it.each(commentEvents)("is a command in a %s that was edited, deleted, or written by a bot or this App", (event) => {
    const write = payloads.commentPayloads[event];
    const body = "@codex review";
    for (const said of [
      { body, action: "edited" },
      { body, action: "deleted" },
      { body, by: bot },
      { body, viaApp: payloads.ownAppId },
    ])
      expect(decided(event, write(said))).toMatchObject({ kind: "ignore" });
  });
});

describe("what does not match its schema", () => {
  it.each<[string, unknown, string]>([
    ["pull_request", { ...payloads.pullRequestPayload("opened"), installation: undefined }, "`installation`"],
    ["pull_request", payloads.pullRequestPayload("opened", { pull_request: { number: 7 } }), "`pull_request.head`"],
    ["pull_request", payloads.pullRequestPayload("opened", { pull_request: null }), "`pull_request`"],
    ["issue_comment", { action: "created" }, "`installation`"],
    ["merge_group", payloads.pullRequestPayload("checks_requested"), "`merge_group`"],
  ])("in %s is named in one sentence", (event, payload, place) => {
    const decision = decided(event, payload);
    expect(decision.kind).toBe("malformed");
    expect(decision.kind === "malformed" ? decision.problem : "").toContain(place);
  });

  it("is nothing that GitHub sends: every example of an installed App is understood", async () => {
    const url = import.meta.resolve("@octokit/webhooks-examples/api.github.com/index.json");
    const withInstallation = z.looseObject({ installation: z.looseObject({ id: z.int() }) });
    const schema = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));
    const definitions = schema.parse(JSON.parse(await readFile(fileURLToPath(url), "utf8")));
    const decisions = definitions.flatMap(({ name, examples }) =>
      examples
        .filter((payload) => withInstallation.safeParse(payload).success)
        .map((payload) => ({ name, ...decided(name, payload) })),
    );
    expect(decisions.length).toBeGreaterThan(100);
    expect(decisions.filter(({ kind }) => kind === "malformed")).toEqual([]);
  });
});
