import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Simulator } from "../../src/simulator/simulator.ts";
import type { FaultKind } from "../../src/simulator/http/faults.ts";
import { client, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let app: ReturnType<typeof client>;
let stop: () => Promise<void>;

beforeEach(async () => {
  ({ github, stop } = await simulated());
  ({ app } = await withPullRequest(github));
});
afterEach(() => stop());

const pull = { repo: "acme/shop", number: 1 };
const comment = () => app.send("POST /repos/acme/shop/issues/1/comments", { body: "Hello." });
const match = { method: "POST", path: /\/comments$/ };

const many = (body: unknown): boolean => JSON.stringify(body).split('"path"').length > 31;

const review = (count: number) => {
  const comments = Array.from({ length: count }, () => ({ path: "src/pay.ts", line: 10, body: "x" }));
  return app.send("POST /repos/acme/shop/pulls/1/reviews", { event: "COMMENT", comments });
};

describe("a fault", () => {
  it.each([
    { kind: "500_before", status: 500, effect: 0 },
    { kind: "502_before", status: 502, effect: 0 },
    { kind: "500_after", status: 500, effect: 1 },
    { kind: "502_after", status: 502, effect: 1 },
    { kind: "401", status: 401, effect: 0 },
    { kind: "slow", status: 201, effect: 1 },
    { kind: "pass", status: 201, effect: 1 },
  ] as const)("$kind answers $status and has $effect effects, once", async ({ kind, status, effect }) => {
    github.faults.add({ kind, match, afterMs: 5 });
    expect((await comment()).status).toBe(status);
    expect(github.comments(pull)).toHaveLength(effect);
    expect((await comment()).status).toBe(201);
  });

  it.each([
    { kind: "reset_before", effect: 0 },
    { kind: "reset_after", effect: 1 },
  ] as const)("$kind cuts the connection with $effect effects", async ({ kind, effect }) => {
    github.faults.add({ kind, match });
    await expect(comment()).rejects.toThrow("fetch failed");
    expect(github.comments(pull)).toHaveLength(effect);
    expect(github.requests.at(-1)).toMatchObject({ status: null, method: "POST" });
  });

  it.each([
    { kind: "429", status: 429 },
    { kind: "secondary_403", status: 403 },
  ] as const)("$kind says how long to wait", async ({ kind, status }) => {
    github.faults.add({ kind, match, retryAfterSeconds: 7 });
    const answer = await comment();
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining("secondary rate limit") } });
    expect(answer.headers.get("retry-after")).toBe("7");
  });

  it("primary_403 says that nothing is left and when there will be", async () => {
    github.faults.add({ kind: "primary_403", match, retryAfterSeconds: 60 });
    const { headers, status } = await comment();
    expect(status).toBe(403);
    expect(headers.get("x-ratelimit-remaining")).toBe("0");
    expect(Number(headers.get("x-ratelimit-reset")) * 1000 - Date.now()).toBeGreaterThan(50_000);
  });

  it.each([
    { kind: "hang_before", effect: 0 },
    { kind: "hang_after", effect: 1 },
  ] as const)("$kind never answers and has $effect effects", async ({ kind, effect }) => {
    github.faults.add({ kind, match });
    const url = `${github.apiUrl}/repos/acme/shop/issues/1/comments`;
    const headers = { authorization: `Bearer ${github.createInstallationToken("acme")}` };
    const body = JSON.stringify({ body: "Hello." });
    const signal = AbortSignal.timeout(80);
    await expect(fetch(url, { method: "POST", headers, body, signal })).rejects.toThrow("aborted");
    expect(github.comments(pull)).toHaveLength(effect);
  });

  it("hits a GraphQL mutation by name, behind those it lets through", async () => {
    const react = `mutation ($id: ID!) { addReaction(input: { subjectId: $id, content: EYES }) { subject { id } } }`;
    const { nodeId } = github.pull(pull);
    github.faults.add({ kind: "graphql_error", match: { operation: "addReaction" }, skip: 1 });
    const answers = [await app.graphql(react, { id: nodeId }), await app.graphql(react, { id: nodeId })];
    expect(answers[0]?.body).not.toHaveProperty("errors");
    expect(answers[1]).toMatchObject({ status: 200, body: { errors: [{ message: /^Something went wrong/ }] } });
  });

  it("times out reviews with many comments, as GitHub does", async () => {
    github.faults.add({
      kind: "502_after",
      match: { route: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", body: many },
      times: 9,
    });
    expect((await review(30)).status).toBe(200);
    expect((await review(31)).status).toBe(502);
  });

  it("is a place to move the head in the middle of a review", async () => {
    const move = async (): Promise<void> =>
      void (await github.push("acme/shop", "feature", { files: { "more.txt": "more\n" } }));
    github.faults.add({ kind: "pass", match: { method: "POST", path: /\/reviews$/ }, onHit: move });
    const before = github.pull(pull).headSha;
    const answer = await app.send("POST /repos/acme/shop/pulls/1/reviews", { commit_id: before, body: "A look." });
    expect(answer).toMatchObject({ status: 200, body: { commit_id: before } });
    expect(github.pull(pull).headSha).not.toBe(before);
  });

  it("is gone when all are cleared", async () => {
    const kinds: readonly FaultKind[] = ["500_before", "reset_before"];
    for (const kind of kinds) github.faults.add({ kind, match, times: 5 });
    github.faults.clear();
    expect((await comment()).status).toBe(201);
  });
});

describe("the requests", () => {
  it("are counted by kind, route and operation, tokens and git apart", async () => {
    github.clearRequests();
    await comment();
    await app.graphql("{ viewer { login } }");
    await app.send("GET /repos/acme/shop/pulls/1");
    await fetch(`${github.url}/acme/shop.git/info/refs?service=git-upload-pack`);
    expect(github.requests.map(({ kind, method, route, status }) => ({ kind, method, route, status }))).toEqual([
      { kind: "rest", method: "POST", route: "/repos/{owner}/{repo}/issues/{issue_number}/comments", status: 201 },
      { kind: "graphql", method: "POST", route: "/graphql", status: 200 },
      { kind: "rest", method: "GET", route: "/repos/{owner}/{repo}/pulls/{pull_number}", status: 200 },
      { kind: "git", method: "GET", route: "/{owner}/{repo}.git/info/refs", status: 200 },
    ]);
    expect(github.count({ kind: "rest" })).toBe(2);
    expect(github.count({ operation: "viewer" })).toBe(1);
    expect(github.count({ kind: "token" })).toBe(0);
    expect(github.count({ route: "/repos/{owner}/{repo}/pulls/{pull_number}", method: "GET" })).toBe(1);
  });

  it("are shown whole to whoever observes them", async () => {
    const seen: unknown[] = [];
    const forget = github.observe(({ path, requestBody, status, responseBody }) =>
      seen.push({ path, requestBody, status, responseBody }),
    );
    await comment();
    forget();
    await comment();
    expect(seen).toMatchObject([
      {
        path: "/repos/acme/shop/issues/1/comments",
        requestBody: { body: "Hello." },
        status: 201,
        responseBody: { body: "Hello." },
      },
    ]);
  });
});

it("an hour's requests can be used up", async () => {
  const limited = await simulated({ limits: { restPerHour: 2 } });
  const { app: poor } = await withPullRequest(limited.github);
  const answers = [];
  for (let at = 0; at < 3; at += 1) answers.push((await poor.send("GET /repos/acme/shop")).status);
  expect(answers).toEqual([200, 200, 403]);
  expect((await poor.send("GET /rate_limit")).status).toBe(200);
  await limited.stop();
});
