import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { RepositoryView, Simulator } from "../../src/simulator/simulator.ts";
import { appToken, client, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let repository: RepositoryView;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ github, stop } = await simulated());
  ({ repository } = await withPullRequest(github, { private: true }));
  await github.createRepository({ owner: "acme", name: "other", private: true, files: { "a.txt": "a\n" } });
  await github.createRepository({ owner: "else", name: "where", private: true, files: { "a.txt": "a\n" } });
});
afterAll(() => stop());

const now = (): number => Math.floor(Date.now() / 1000);

describe("the App's JSON web token", () => {
  it("is taken when it is signed, current and the App's", async () => {
    expect(await client(github, appToken()).send("GET /app")).toMatchObject({
      status: 200,
      body: { slug: "codex-review" },
    });
  });

  it.each([
    {
      title: "lives longer than ten minutes",
      token: () => appToken({ exp: now() + 700 }),
      says: /too far in the future/,
    },
    { title: "is over", token: () => appToken({ exp: now() - 5 }), says: /Expiration time/ },
    { title: "was issued in the future", token: () => appToken({ iat: now() + 300 }), says: /Issued at/ },
    { title: "is another App's", token: () => appToken({ iss: 1 }), says: /Integration not found/ },
    {
      title: "is signed with another key",
      token: () => `${appToken().slice(0, -12)}AAAAAAAAAAAA`,
      says: /could not be decoded/,
    },
  ])("is refused when it $title", async ({ token, says }) => {
    const answer = await client(github, token()).send("GET /app");
    expect(answer).toMatchObject({ status: 401, body: { message: expect.stringMatching(says) } });
  });

  it("reads no repository", async () => {
    expect((await client(github, appToken()).send("GET /repos/acme/shop/pulls/1")).status).toBe(404);
  });
});

const tokenAnswer = z.object({
  token: z.string(),
  expires_at: z.string(),
  permissions: z.record(z.string(), z.string()),
});

const makeToken = async (body: object) => {
  const path = `POST /app/installations/${repository.installationId}/access_tokens`;
  return client(github, appToken()).send(path, body);
};

describe("an installation token", () => {
  it("lives an hour and holds the repository and the permissions that were asked for", async () => {
    const answer = await makeToken({ repository_ids: [repository.id], permissions: { pull_requests: "read" } });
    const { token, expires_at, permissions } = tokenAnswer.parse(answer.body);
    expect(answer.status).toBe(201);
    expect(permissions).toEqual({ metadata: "read", pull_requests: "read" });
    expect(Math.abs(Date.parse(expires_at) - Date.now() - 3_600_000)).toBeLessThan(5_000);
    const narrow = client(github, token);
    expect((await narrow.send("GET /repos/acme/shop/pulls/1")).status).toBe(200);
    expect((await narrow.send("GET /repos/acme/other")).status).toBe(404);
  });

  it.each([
    { title: "a repository of somebody else", body: { repositories: ["where"] } },
    { title: "a repository that does not exist", body: { repository_ids: [1] } },
    { title: "a permission that was not granted", body: { permissions: { administration: "write" } } },
    { title: "a level that was not granted", body: { permissions: { merge_queues: "write" } } },
  ])("is refused for $title", async ({ body }) => {
    expect((await makeToken(body)).status).toBe(422);
  });

  it("is refused once it expired, and so is one that never was", async () => {
    const token = github.createInstallationToken("acme");
    expect((await client(github, token).send("GET /repos/acme/shop")).status).toBe(200);
    github.expireTokens();
    expect((await client(github, token).send("GET /repos/acme/shop")).status).toBe(401);
    expect((await client(github, "ghs_never").send("GET /repos/acme/shop")).status).toBe(401);
  });

  it("ends with the installation", async () => {
    const token = github.createInstallationToken("else");
    github.removeInstallation("else");
    expect((await client(github, token).send("GET /repos/else/where")).status).toBe(401);
  });
});

describe("permissions", () => {
  const line = { path: "src/pay.ts", line: 11, side: "RIGHT", body: "Why?" };
  it.each([
    { route: "GET /repos/acme/shop/pulls/1", lacking: { contents: "write" }, enough: { pull_requests: "read" } },
    { route: "GET /repos/acme/shop/pulls/1/files", lacking: { issues: "write" }, enough: { pull_requests: "write" } },
    {
      route: "GET /repos/acme/shop/contents/README.md",
      lacking: { pull_requests: "write" },
      enough: { contents: "read" },
    },
    {
      route: "GET /repos/acme/shop/compare/main...feature",
      lacking: { checks: "write" },
      enough: { contents: "read" },
    },
    {
      route: "POST /repos/acme/shop/pulls/1/reviews",
      lacking: { pull_requests: "read", issues: "write" },
      enough: { pull_requests: "write" },
      body: { body: "A look.", event: "COMMENT", comments: [line] },
    },
    {
      route: "POST /repos/acme/shop/issues/1/comments",
      lacking: { issues: "read", contents: "write" },
      enough: { issues: "write" },
      body: { body: "Hello." },
    },
    {
      route: "POST /repos/acme/shop/issues/1/reactions",
      lacking: { contents: "write" },
      enough: { pull_requests: "write" },
      body: { content: "eyes" },
    },
    {
      route: "POST /repos/acme/shop/check-runs",
      lacking: { checks: "read", pull_requests: "write" },
      enough: { checks: "write" },
      body: { name: "codex-review", head_sha: "main" },
    },
    {
      route: "GET /repos/acme/shop/commits/main/check-runs",
      lacking: { contents: "write" },
      enough: { checks: "read" },
    },
  ] as const)("of a token are held to on $route", async ({ route, lacking, enough, ...rest }) => {
    const head_sha = await github.branchSha("acme/shop", "main");
    const body = "body" in rest ? { ...rest.body, ...("head_sha" in rest.body ? { head_sha } : {}) } : undefined;
    const poor = client(github, github.createInstallationToken("acme", { permissions: lacking }));
    const rich = client(github, github.createInstallationToken("acme", { permissions: enough }));
    expect(await poor.send(route, body)).toMatchObject({
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    expect((await rich.send(route, body)).status).toBeLessThan(300);
  });

  it("of people come from their role", async () => {
    github.setPermission("acme/shop", "tess", "triage");
    const app = client(github, github.createInstallationToken("acme"));
    const permissions = { admin: false, maintain: false, push: false, triage: true, pull: true };
    expect(await app.send("GET /repos/acme/shop/collaborators/tess/permission")).toMatchObject({
      status: 200,
      body: { permission: "read", role_name: "triage", user: { login: "tess", permissions } },
    });
    github.addUser({ login: "stranger" });
    const stranger = client(github, github.createUserToken("stranger"));
    expect(await app.send("GET /repos/acme/shop/collaborators/stranger/permission")).toMatchObject({
      body: { permission: "none" },
    });
    expect((await stranger.send("GET /repos/acme/shop")).status).toBe(404);
    expect((await app.send("GET /repos/acme/shop/collaborators/nobody-at-all/permission")).status).toBe(404);
  });

  it("of a person do not include check runs", async () => {
    const alice = client(github, github.createUserToken("alice"));
    const body = { name: "mine", head_sha: await github.branchSha("acme/shop", "main") };
    expect((await alice.send("POST /repos/acme/shop/check-runs", body)).status).toBe(403);
    expect(await alice.send("GET /user")).toMatchObject({ status: 200, body: { login: "alice" } });
  });
});
