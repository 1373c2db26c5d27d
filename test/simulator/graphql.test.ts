import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { client, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let pull: PullView;
let app: ReturnType<typeof client>;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ github, stop } = await simulated());
  ({ app, pull } = await withPullRequest(github));
});
afterAll(() => stop());

const inPull = (fields: string): string =>
  `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { ${fields} } } }`;

const page = (args: string) =>
  app.graphql(
    inPull(
      `comments(${args}) { totalCount nodes { body } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
    ),
  );
const found = (body: unknown): string => JSON.stringify(body);

describe("a query", () => {
  it("reads a pull request with its policy file in one request", async () => {
    const answer = await app.graphql(
      `query ($number: Int!, $path: String!) {
        repository(owner: "acme", name: "shop") {
          databaseId isPrivate
          defaultBranchRef { name target { ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } }
          pullRequest(number: $number) {
            id state isDraft isCrossRepository headRefOid headRefName baseRefName
            headRepository { databaseId }
            author { kind: __typename login }
            commits(last: 5) { nodes { commit { message } } }
            baseRef { target { ... on Commit { gone: file(path: "no/such/file") { object { ... on Blob { text } } } } } }
          }
        }
      }`,
      { number: 1, path: "README.md" },
    );
    const { id } = github.repository("acme/shop");
    expect(answer.body).toEqual({
      data: {
        repository: {
          databaseId: id,
          isPrivate: false,
          defaultBranchRef: { name: "main", target: { file: { object: { text: "# Shop\n" } } } },
          pullRequest: {
            id: pull.nodeId,
            state: "OPEN",
            isDraft: false,
            isCrossRepository: false,
            headRefOid: pull.headSha,
            headRefName: "feature",
            baseRefName: "main",
            headRepository: { databaseId: id },
            author: { kind: "User", login: "alice" },
            commits: { nodes: [{ commit: { message: "Change pay" } }] },
            baseRef: { target: { gone: null } },
          },
        },
      },
    });
  });

  it("names the App without [bot], and knows what the viewer wrote", async () => {
    const { threadId } = await github.commentOnLine(pull, "carol", { path: "src/pay.ts", line: 10, body: "Really?" });
    await app.graphql(
      `mutation ($id: ID!) { addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $id, body: "Yes." }) { comment { id } } }`,
      { id: threadId },
    );
    const { body } = await app.graphql(
      inPull(`reviewThreads(last: 1) { nodes { path line diffSide isResolved isOutdated
        comments(first: 5) { nodes { body viewerDidAuthor author { __typename login } } } } }`),
    );
    expect(body).toMatchObject({
      data: {
        repository: {
          pullRequest: {
            reviewThreads: {
              nodes: [
                {
                  path: "src/pay.ts",
                  line: 10,
                  diffSide: "RIGHT",
                  isResolved: false,
                  isOutdated: false,
                  comments: {
                    nodes: [
                      { body: "Really?", viewerDidAuthor: false, author: { __typename: "User", login: "carol" } },
                      { body: "Yes.", viewerDidAuthor: true, author: { __typename: "Bot", login: "codex-review" } },
                    ],
                  },
                },
              ],
            },
          },
        },
      },
    });
  });

  it("reads labels, reviews, closing issues and what a node id names", async () => {
    const issue = github.createIssue({ repo: "acme/shop", title: "It is slow", author: "carol" });
    github.editPullRequest(pull, { body: `Fixes #${issue.number}, see #999.` });
    github.label(pull, "no-review");
    await github.submitReview(pull, "carol", { event: "APPROVE", body: "Good." });
    const fields = `labels(first: 5) { nodes { name } } closingIssuesReferences(first: 5) { nodes { number title } }
      reviews(last: 1, states: [APPROVED], author: "carol") { nodes { body state commit { oid } } }`;
    const { body } = await app.graphql(`query ($id: ID!) { node(id: $id) { ... on PullRequest { ${fields} } } }`, {
      id: pull.nodeId,
    });
    expect(body).toEqual({
      data: {
        node: {
          labels: { nodes: [{ name: "no-review" }] },
          closingIssuesReferences: { nodes: [{ number: issue.number, title: "It is slow" }] },
          reviews: { nodes: [{ body: "Good.", state: "APPROVED", commit: { oid: pull.headSha } }] },
        },
      },
    });
  });

  it("pages forwards and backwards", async () => {
    for (const body of ["one", "two", "three"]) github.comment(pull, "carol", body);
    const last = await page("last: 1");
    expect(last.body).toMatchObject({
      data: {
        repository: {
          pullRequest: {
            comments: {
              totalCount: 3,
              nodes: [{ body: "three" }],
              pageInfo: { hasPreviousPage: true, hasNextPage: false },
            },
          },
        },
      },
    });
    const cursor = /"startCursor":"([^"]+)"/.exec(found(last.body))?.[1];
    const before = await page(`last: 5, before: "${cursor}"`);
    expect(found(before.body)).toContain('[{"body":"one"},{"body":"two"}]');
    const after = await page("first: 2");
    const end = /"endCursor":"([^"]+)"/.exec(found(after.body))?.[1];
    expect(found((await page(`first: 2, after: "${end}"`)).body)).toContain('[{"body":"three"}]');
  });

  it.each([
    { title: "without a page size", fields: "comments { totalCount }", type: "MISSING_PAGINATION_BOUNDARIES" },
    { title: "for more than a hundred", fields: "comments(first: 101) { totalCount }", type: "EXCESSIVE_PAGINATION" },
    {
      title: "with a cursor that is none",
      fields: 'comments(first: 1, after: "x") { totalCount }',
      type: "INVALID_CURSOR_ARGUMENTS",
    },
    {
      title: "in an order of its own",
      fields: "comments(first: 1, orderBy: { field: UPDATED_AT, direction: ASC }) { totalCount }",
      type: "NOT_IMITATED",
    },
    { title: "for what is not imitated", fields: "mergeQueue { id }", type: "NOT_IMITATED" },
  ])("$title is an error, never a null without one", async ({ fields, type }) => {
    expect(await app.graphql(inPull(fields))).toMatchObject({ status: 200, body: { errors: [{ type }] } });
  });

  it("that GitHub's schema does not know has no data", async () => {
    const { body } = await app.graphql(inPull("headCommitOid"));
    expect(body).toMatchObject({
      errors: [{ message: expect.stringContaining('Cannot query field "headCommitOid"') }],
    });
    expect(body).not.toHaveProperty("data");
  });

  it.each([
    { title: "a pull request", query: inPull("id").replace("1", "77"), path: ["repository", "pullRequest"] },
    { title: "a repository", query: '{ repository(owner: "acme", name: "gone") { id } }', path: ["repository"] },
    { title: "a node", query: '{ node(id: "PR_gone") { id } }', path: ["node"] },
  ])("for $title that is gone is NOT_FOUND at its place", async ({ query, path }) => {
    expect(await app.graphql(query)).toMatchObject({ body: { errors: [{ type: "NOT_FOUND", path }] } });
  });

  it("needs the token's permission", async () => {
    const narrow = client(github, github.createInstallationToken("acme", { permissions: { contents: "read" } }));
    expect(await narrow.graphql(inPull("id"))).toMatchObject({ body: { errors: [{ type: "FORBIDDEN" }] } });
    const readme =
      '{ repository(owner: "acme", name: "shop") { object(expression: "main:README.md") { ... on Blob { text isBinary byteSize } } } }';
    expect(await narrow.graphql(readme)).toMatchObject({
      body: { data: { repository: { object: { text: "# Shop\n", isBinary: false, byteSize: 7 } } } },
    });
    const other = client(github, github.createInstallationToken("acme", { permissions: { pull_requests: "read" } }));
    expect(await other.graphql(readme)).toMatchObject({ body: { errors: [{ type: "FORBIDDEN" }] } });
    expect((await client(github, null).graphql(inPull("id"))).status).toBe(401);
  });
});

describe("a mutation", () => {
  it("adds and removes several reactions by alias", async () => {
    const { nodeId } = github.comment(pull, "carol", "@codex review");
    const react = (action: string) =>
      app.graphql(
        `mutation ($a: ID!, $b: ID!) {
          r0: ${action}Reaction(input: { subjectId: $a, content: EYES }) { subject { id } }
          r1: ${action}Reaction(input: { subjectId: $b, content: THUMBS_UP }) { reaction { content } }
        }`,
        { a: nodeId, b: pull.nodeId },
      );
    await react("add");
    expect((await react("add")).body).not.toHaveProperty("errors");
    expect(github.reactions(nodeId)).toEqual([{ user: "codex-review[bot]", content: "eyes" }]);
    expect(github.reactions(pull.nodeId)).toEqual([{ user: "codex-review[bot]", content: "+1" }]);
    expect((await react("remove")).body).not.toHaveProperty("errors");
    expect((await react("remove")).body).toMatchObject({
      errors: [{ type: "UNPROCESSABLE", path: ["r0"] }, { path: ["r1"] }],
    });
    expect(github.count({ operation: "addReaction" })).toBe(2);
  });

  it("resolves a thread only with contents: write", async () => {
    const { threadId } = await github.commentOnLine(pull, "carol", { path: "src/pay.ts", line: 10, body: "Really?" });
    const resolve = `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved resolvedBy { login } } } }`;
    const permissions = { pull_requests: "write", contents: "read" } as const;
    const narrow = client(github, github.createInstallationToken("acme", { permissions }));
    expect(await narrow.graphql(resolve, { id: threadId })).toMatchObject({
      body: { errors: [{ type: "FORBIDDEN" }] },
    });
    const state = () => github.threads(pull).find(({ id }) => id === threadId)?.isResolved;
    expect(state()).toBe(false);
    expect((await app.graphql(resolve, { id: threadId })).body).not.toHaveProperty("errors");
    expect(state()).toBe(true);
    await app.graphql(resolve.replace("resolveReviewThread", "unresolveReviewThread"), { id: threadId });
    expect(state()).toBe(false);
  });

  it("minimizes a comment", async () => {
    const { nodeId } = github.comment(pull, "carol", "Old news.");
    const minimize = `mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }`;
    expect(await app.graphql(minimize, { id: nodeId })).toMatchObject({
      body: { data: { minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: "outdated" } } } },
    });
  });
});

const commit = (over: object) =>
  app.graphql(
    `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid message } } }`,
    {
      input: {
        branch: { repositoryNameWithOwner: "acme/shop", branchName: "feature" },
        message: { headline: "Apply a suggestion" },
        expectedHeadOid: github.pull(pull).headSha,
        fileChanges: { additions: [{ path: "fixed.txt", contents: Buffer.from("fixed\n").toString("base64") }] },
        ...over,
      },
    },
  );

describe("createCommitOnBranch", () => {
  it("makes a real commit that the pull request follows", async () => {
    const before = github.pull(pull);
    const { body } = await commit({});
    const after = github.pull(pull);
    expect(body).toEqual({
      data: { createCommitOnBranch: { commit: { oid: after.headSha, message: "Apply a suggestion" } } },
    });
    expect(after).toMatchObject({ changedFiles: before.changedFiles + 1 });
    expect(after.headSha).not.toBe(before.headSha);
    expect((await app.send("GET /repos/acme/shop/contents/fixed.txt?ref=feature")).status).toBe(200);
  });

  it.each([
    { title: "the branch moved", over: { expectedHeadOid: "0".repeat(40) }, type: "STALE_DATA" },
    {
      title: "it touches a workflow",
      over: { fileChanges: { deletions: [{ path: ".github/workflows/ci.yml" }] } },
      type: "FORBIDDEN",
    },
  ])("is refused when $title", async ({ over, type }) => {
    const { headSha } = github.pull(pull);
    expect(await commit(over)).toMatchObject({ body: { errors: [{ type }] } });
    expect(github.pull(pull).headSha).toBe(headSha);
  });
});
