import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { createGitHubSchemaCheck } from "../contract/github-schema.ts";
import { appToken, client, idsOf, simulated, withPullRequest } from "./simulated.ts";
import { receiveWebhooks } from "./webhook-receiver.ts";

const check = createGitHubSchemaCheck();

/** Where the description is wrong about GitHub itself. */
const errata = [
  // It asks for an account that is a user and an enterprise at once; the route of one installation has it right.
  /^GET \/app\/installations: answer 200 \/0\/account /,
  // The list of events was written before merge queues.
  /^webhook check-suite-rerequested \/requestBody\/check_suite\/app\/events\/6 /,
];

const serious = (violations: readonly string[]): readonly string[] =>
  violations.filter((violation) => !errata.some((known) => known.test(violation)));

/** Goes through every REST route once, as an app would; answers the statuses that were not what they should be. */
async function useEveryRoute(github: Simulator): Promise<void> {
  const { pull, app, repository } = await withPullRequest(github);
  const jwt = client(github, appToken());
  const me = client(github, github.createUserToken("alice"));
  const installation = `/app/installations/${repository.installationId}`;
  const repo = "/repos/acme/shop";
  const at = `${repo}/pulls/1`;
  const line = { path: "src/pay.ts", line: 11, side: "RIGHT", body: "Why?" };
  for (const path of ["/app", "/app/installations", installation, `${repo}/installation`, "/app/hook/config"]) {
    await jwt.send(`GET ${path}`);
  }
  await jwt.send(`POST ${installation}/access_tokens`, {
    repository_ids: [repository.id],
    permissions: { checks: "write" },
  });
  await me.send("GET /user");
  for (const path of [
    "/installation/repositories",
    "/rate_limit",
    repo,
    `${repo}/pulls?state=all`,
    at,
    `${at}/files?per_page=100`,
    `${at}/commits`,
    `${repo}/compare/main...feature`,
    `${repo}/contents/README.md?ref=feature`,
    `${repo}/collaborators/alice/permission`,
    `${repo}/issues/1`,
  ]) {
    await app.send(`GET ${path}`);
  }
  const review = await app.send(`POST ${at}/reviews`, { commit_id: pull.headSha, body: "A look.", comments: [line] });
  const one = `${at}/reviews/${idsOf(review).id}`;
  await app.send(`GET ${one}`);
  await app.send(`POST ${one}/events`, { event: "COMMENT" });
  await app.send(`PUT ${one}`, { body: "A second look." });
  await app.send(`GET ${at}/reviews`);
  await app.send(`GET ${one}/comments`);
  const dropped = await app.send(`POST ${at}/reviews`, { commit_id: pull.headSha, body: "", comments: [] });
  await app.send(`DELETE ${at}/reviews/${idsOf(dropped).id}`);
  const range = { ...line, line: 12, start_line: 10, start_side: "RIGHT" };
  const alone = await app.send(`POST ${at}/comments`, { ...range, commit_id: pull.headSha });
  const { id } = idsOf(alone);
  await app.send(`POST ${at}/comments/${id}/replies`, { body: "Because." });
  await app.send(`PATCH ${repo}/pulls/comments/${id}`, { body: "Why not?" });
  await app.send(`GET ${repo}/pulls/comments/${id}`);
  await app.send(`GET ${at}/comments`);
  const comment = await app.send(`POST ${repo}/issues/1/comments`, { body: "Hello." });
  const said = `${repo}/issues/comments/${idsOf(comment).id}`;
  await app.send(`GET ${said}`);
  await app.send(`PATCH ${said}`, { body: "Hello again." });
  await app.send(`GET ${repo}/issues/1/comments`);
  for (const subject of [`${repo}/issues/1`, said, `${repo}/pulls/comments/${id}`]) {
    const reaction = await app.send(`POST ${subject}/reactions`, { content: "eyes" });
    await app.send(`POST ${subject}/reactions`, { content: "eyes" });
    await app.send(`GET ${subject}/reactions`);
    await app.send(`DELETE ${subject}/reactions/${idsOf(reaction).id}`);
  }
  await app.send(`DELETE ${said}`);
  const run = await app.send(`POST ${repo}/check-runs`, {
    name: "codex-review",
    head_sha: pull.headSha,
    status: "in_progress",
  });
  const checkRun = `${repo}/check-runs/${idsOf(run).id}`;
  const annotation = { path: "src/pay.ts", start_line: 3, end_line: 4, annotation_level: "notice", message: "Look." };
  const output = { title: "Read", summary: "All of it.", annotations: [annotation] };
  await app.send(`PATCH ${checkRun}`, { status: "completed", conclusion: "neutral", output });
  await app.send(`GET ${checkRun}`);
  await app.send(`GET ${checkRun}/annotations`);
  await app.send(`GET ${repo}/commits/${pull.headSha}/check-runs?check_name=codex-review&filter=all`);
  github.rerequestCheckRun(idsOf(run).id);
  await github.rerequestCheckSuite("acme/shop", pull.headSha);
}

/** Everything that people do and that sends a webhook. */
async function doEverything(github: Simulator): Promise<void> {
  const pull = { repo: "acme/shop", number: 1 };
  github.comment(pull, "alice", "@codex review");
  const { id } = github.comment(pull, "alice", "Never mind.");
  github.editComment(id, "alice", "Never mind!");
  github.deleteComment(id, "alice");
  github.comment(github.createIssue({ repo: "acme/shop", title: "A bug", author: "carol" }), "carol", "It is broken.");
  const asked = await github.commentOnLine(pull, "carol", { path: "src/pay.ts", line: 10, body: "Really?" });
  github.replyOnThread(asked.id, "alice", "Yes.");
  await github.submitReview(pull, "carol", { event: "APPROVE" });
  github.convertToDraft(pull);
  github.markReady(pull);
  github.editPullRequest(pull, { title: "Change pay more", body: "Closes #2" });
  github.label(pull, "no-review");
  await github.push("acme/shop", "feature", { files: { "more.txt": "more\n" } });
  await github.push("acme/shop", "release", { from: "main", files: { "release.txt": "1\n" } });
  await github.retarget(pull, "release");
  github.closePullRequest(pull);
  github.reopenPullRequest(pull);
  await github.mergeGroup(pull);
  github.closePullRequest(pull, { merged: true });
  const fork = await github.fork("acme/shop", "dave");
  await github.push(fork.fullName, "fix", { files: { "fix.txt": "fixed\n" } });
  const forked = await github.openPullRequest({ repo: "acme/shop", head: "dave:fix", title: "Fix", author: "dave" });
  github.deleteFork(fork.fullName);
  github.label(forked, "orphan");
  await github.createRepository({ owner: "acme", name: "second", files: { "a.txt": "a\n" } });
  github.uninstall("acme/second");
  github.suspendInstallation("acme", true);
  github.suspendInstallation("acme", false);
  github.removeInstallation("acme");
}

describe("GitHub's own descriptions", () => {
  const violations: string[] = [];
  let github: Simulator;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const webhook = await receiveWebhooks();
    const started = await simulated({ webhookUrl: webhook.url });
    github = started.github;
    github.observe((exchange) => violations.push(...check.exchange(exchange)));
    await useEveryRoute(github);
    await doEverything(github);
    await github.settled();
    const jwt = client(github, appToken());
    const [delivery] = github.deliveries();
    await jwt.send("GET /app/hook/deliveries?per_page=100");
    await jwt.send(`GET /app/hook/deliveries/${delivery?.id}`);
    await jwt.send(`POST /app/hook/deliveries/${delivery?.id}/attempts`);
    await github.settled();
    stop = async () => {
      webhook.stop();
      await started.stop();
    };
  });
  afterAll(() => stop());

  it("allow every answer of every route", () => {
    expect(serious(violations)).toEqual([]);
    const refused = github.requests.filter(({ status }) => status === null || status >= 400);
    expect(refused).toEqual([]);
    expect(new Set(github.requests.map(({ method, route }) => `${method} ${route}`)).size).toBeGreaterThan(45);
  });

  it("allow every webhook payload", () => {
    const sent = github.deliveries().map(({ event, body }) => ({ event, payload: JSON.parse(body) }));
    expect(serious(sent.flatMap((one) => check.webhook(one)))).toEqual([]);
    const kinds = new Set(github.deliveries().map(({ event, action }) => `${event}.${action}`));
    expect([...kinds].toSorted()).toEqual([
      "check_run.rerequested",
      "check_suite.rerequested",
      "installation.created",
      "installation.deleted",
      "installation.suspend",
      "installation.unsuspend",
      "installation_repositories.added",
      "installation_repositories.removed",
      "issue_comment.created",
      "issue_comment.deleted",
      "issue_comment.edited",
      "merge_group.checks_requested",
      "pull_request.closed",
      "pull_request.converted_to_draft",
      "pull_request.edited",
      "pull_request.labeled",
      "pull_request.opened",
      "pull_request.ready_for_review",
      "pull_request.reopened",
      "pull_request.synchronize",
      "pull_request_review.edited",
      "pull_request_review.submitted",
      "pull_request_review_comment.created",
      "pull_request_review_comment.edited",
    ]);
  });
});
