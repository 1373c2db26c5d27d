import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { Fact } from "../fact.ts";
import { lines, policyText } from "../sample-change.ts";
import type { Stage } from "../stage.ts";
import { makeThread } from "./review-calls.ts";

const docs = "https://docs.github.com";

const filesAnswer = z.array(z.object({ filename: z.string(), patch: z.string().optional() }));

const readPatch = async (stage: Stage, path: string): Promise<string | undefined> => {
  const answer = await stage.client.rest("GET", `${stage.pullPath}/files?per_page=100`);
  return filesAnswer.parse(answer.body).find(({ filename }) => filename === path)?.patch;
};

const named = ({ owner, name, number }: Stage["ref"]) => ({ owner, name, number });

const fileQuery = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { baseRef { target { ... on Commit {
    there: file(path: ".github/codex-review.yml") { object { ... on Blob { text } } }
    gone: file(path: "no/such/file") { object { ... on Blob { text } } }
  } } } } }
}`;

const fileAnswer = z.object({
  repository: z.object({
    pullRequest: z.object({
      baseRef: z.object({
        target: z.object({ there: z.object({ object: z.object({ text: z.string() }) }), gone: z.null() }),
      }),
    }),
  }),
});

const listPullRef = async (stage: Stage): Promise<string> => {
  const { url, authorization } = await stage.host.gitAccess(stage.ref, AbortSignal.timeout(60_000));
  const env = {
    PATH: process.env["PATH"],
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: ${authorization}`,
  };
  const ref = `refs/pull/${stage.ref.number}/head`;
  return (await promisify(execFile)("git", ["ls-remote", url, ref], { env })).stdout;
};

/** Facts about reading a pull request. */
export const readingFacts: readonly Fact[] = [
  {
    statement: "Hunks carry three lines of context.",
    documented: null,
    name: "three-lines-of-context",
    needs: null,
    check: async (stage) => assert.match((await readPatch(stage, "src/ledger.ts")) ?? "", /^@@ -7,7 \+7,7 @@/),
  },
  {
    statement: "The list of files leaves `patch` out for a file whose diff is too large.",
    documented: null,
    name: "no-patch-when-large",
    needs: null,
    check: async (stage) => assert.equal(await readPatch(stage, lines.tooLarge.path), undefined),
  },
  {
    statement: "The diff media type answers 406 above 300 files or 20,000 lines; the list of files ends at 3,000.",
    documented: `${docs}/rest/pulls/pulls#list-pull-requests-files`,
    unchecked: "the app reads changes from git, which has no such limits",
  },
  {
    statement: "Git takes an installation token as the password of `x-access-token`, and serves refs/pull/N/head.",
    documented: `${docs}/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation`,
    name: "git-pull-ref",
    needs: null,
    check: async (stage) => assert.ok((await listPullRef(stage)).startsWith(stage.headSha)),
  },
  {
    statement: "A file of the base branch is read through `baseRef.target.file`; a missing one is null and no failure.",
    documented: `${docs}/graphql/reference/objects#commit`,
    name: "policy-by-base-ref",
    needs: null,
    check: async (stage) => {
      const { data, errors } = await stage.client.graphql(fileQuery, named(stage.ref));
      assert.ok(errors.every(({ type }) => type === "NOT_FOUND"));
      assert.equal(fileAnswer.parse(data).repository.pullRequest.baseRef.target.there.object.text, policyText);
    },
  },
  {
    statement: "One query reads the pull request, its threads and the policy.",
    documented: null,
    name: "read-in-one-query",
    needs: null,
    check: async (stage) => {
      const read = await stage.host.readPullRequest(stage.ref, AbortSignal.timeout(60_000));
      assert.equal(read?.headSha, stage.headSha);
      assert.equal(read.policyOnBase, policyText);
      assert.equal(read.isDraft, true);
    },
  },
  {
    statement: "A pull request that does not exist is NOT_FOUND at repository.pullRequest, beside data.",
    documented: null,
    name: "missing-pull-request",
    needs: null,
    check: async (stage) => {
      const query = `query ($owner: String!, $name: String!, $number: Int!) {
        repository(owner: $owner, name: $name) { id pullRequest(number: $number) { id } }
      }`;
      const { errors } = await stage.client.graphql(query, { ...named(stage.ref), number: 999_999_999 });
      assert.deepEqual(
        errors.map(({ type, path }) => ({ type, path })),
        [{ type: "NOT_FOUND", path: ["repository", "pullRequest"] }],
      );
    },
  },
  {
    statement: "`viewerDidAuthor` is true for the App's own comments, with an installation token.",
    documented: null,
    name: "viewer-did-author",
    needs: null,
    check: async (stage) => assert.equal((await makeThread(stage, lines.added)).comment.viewerDidAuthor, true),
  },
  {
    statement: "`fullDatabaseId` is the REST id, as text.",
    documented: `${docs}/graphql/reference/objects#pullrequestreviewcomment`,
    name: "full-database-id",
    needs: null,
    check: async (stage) => {
      const { comment } = await makeThread(stage, lines.added);
      const path = `${stage.repositoryPath}/pulls/comments/${comment.fullDatabaseId}`;
      const { body } = await stage.client.rest("GET", path);
      assert.equal(z.object({ node_id: z.string() }).parse(body).node_id, comment.id);
    },
  },
  {
    statement: "GraphQL names an App without the suffix “[bot]” that REST and webhooks write.",
    documented: null,
    name: "bot-login",
    needs: "app",
    check: async (stage) => {
      const path = `${stage.repositoryPath}/issues/${stage.ref.number}/comments`;
      const { body } = await stage.client.rest("POST", path, { body: "A check of codex-review." });
      const { user, node_id: id } = z
        .object({ user: z.object({ login: z.string() }), node_id: z.string() })
        .parse(body);
      const query = "query ($id: ID!) { node(id: $id) { ... on IssueComment { author { __typename login } } } }";
      const { data } = await stage.client.graphql(query, { id });
      assert.match(user.login, /\[bot\]$/);
      const author = { __typename: "Bot", login: user.login.replace("[bot]", "") };
      assert.deepEqual(data, { node: { author } });
    },
  },
  {
    statement: "`head.repo` is null when the fork was deleted.",
    documented: null,
    unchecked: "needs a second account with a fork",
  },
];
