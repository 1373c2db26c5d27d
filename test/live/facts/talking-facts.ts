import assert from "node:assert/strict";
import { z } from "zod";
import type { Fact } from "../fact.ts";
import { lines } from "../sample-change.ts";
import type { Stage } from "../stage.ts";
import { makeThread, readThreads } from "./review-calls.ts";

const docs = "https://docs.github.com";

const idAnswer = z.object({ id: z.int(), node_id: z.string() });

const writeComment = async (stage: Stage, body = "A check of codex-review.") => {
  const path = `${stage.repositoryPath}/issues/${stage.ref.number}/comments`;
  return stage.client.rest("POST", path, { body });
};

const checkRun = (stage: Stage, over: object) => ({
  name: "codex-review-live",
  head_sha: stage.headSha,
  status: "completed",
  conclusion: "neutral",
  external_id: "live-check",
  output: { title: "A check", summary: "A check of codex-review.", ...over },
});

const annotation = (at: number) => ({
  path: "src/ledger.ts",
  start_line: at,
  end_line: at,
  annotation_level: "notice",
  message: "A check.",
});

/** Facts about threads, comments, reactions, check runs and commits. */
export const talkingFacts: readonly Fact[] = [
  {
    statement: "A thread's state is in GraphQL; `resolveReviewThread` and its opposite fit one request by alias.",
    documented: `${docs}/graphql/reference/mutations#resolvereviewthread`,
    name: "resolve-by-alias",
    needs: null,
    check: async (stage) => {
      const { id } = await makeThread(stage, lines.added);
      const both = `mutation ($id: ID!) {
        a: resolveReviewThread(input: { threadId: $id }) { thread { isResolved } }
        b: unresolveReviewThread(input: { threadId: $id }) { thread { isResolved } }
      }`;
      const { data, errors } = await stage.client.graphql(both, { id });
      assert.deepEqual(errors, []);
      assert.deepEqual(data, { a: { thread: { isResolved: true } }, b: { thread: { isResolved: false } } });
    },
  },
  {
    statement: "`resolveReviewThread` is FORBIDDEN without `contents: write`, whatever `pull_requests` allows.",
    documented: null,
    name: "resolve-needs-contents",
    needs: "app",
    check: async (stage) => {
      const { id } = await makeThread(stage, lines.added);
      const narrow = await stage.app?.clientWith({ pull_requests: "write", contents: "read" });
      const resolve = "mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { clientMutationId } }";
      const answer = await narrow?.graphql(resolve, { id });
      assert.equal(answer?.errors[0]?.type, "FORBIDDEN");
      assert.equal((await readThreads(stage)).find((thread) => thread.id === id)?.isResolved, false);
    },
  },
  {
    statement: "`minimizeComment` takes OUTDATED, RESOLVED and DUPLICATE.",
    documented: `${docs}/graphql/reference/enums#reportedcontentclassifiers`,
    name: "minimize",
    needs: null,
    check: async (stage) => {
      const { node_id: id } = idAnswer.parse((await writeComment(stage)).body);
      const minimize = `mutation ($id: ID!, $why: ReportedContentClassifiers!) {
        minimizeComment(input: { subjectId: $id, classifier: $why }) { minimizedComment { isMinimized } }
      }`;
      for (const why of ["OUTDATED", "RESOLVED", "DUPLICATE"])
        assert.deepEqual((await stage.client.graphql(minimize, { id, why })).errors, []);
    },
  },
  {
    statement: "A body holds 65,536 characters; one more is refused with 422.",
    documented: null,
    name: "body-limit",
    needs: null,
    check: async (stage) => {
      assert.equal((await writeComment(stage, "x".repeat(65_536))).status, 201);
      assert.equal((await writeComment(stage, "x".repeat(65_537))).status, 422);
    },
  },
  {
    statement: "By REST the same reaction twice answers 201, then 200 with the first one.",
    documented: `${docs}/rest/reactions/reactions#create-reaction-for-an-issue-comment`,
    name: "reaction-twice",
    needs: null,
    check: async (stage) => {
      const { id } = idAnswer.parse((await writeComment(stage)).body);
      const path = `${stage.repositoryPath}/issues/comments/${id}/reactions`;
      const first = await stage.client.rest("POST", path, { content: "eyes" });
      const second = await stage.client.rest("POST", path, { content: "eyes" });
      assert.deepEqual([first.status, second.status], [201, 200]);
      assert.equal(idAnswer.parse(second.body).id, idAnswer.parse(first.body).id);
    },
  },
  {
    statement: "By GraphQL a reaction can be added twice; one that is not there cannot be removed.",
    documented: null,
    name: "reaction-mutations",
    needs: null,
    check: async (stage) => {
      const { node_id: subjectId } = idAnswer.parse((await writeComment(stage)).body);
      const eyes = { subjectId, content: "EYES" } as const;
      const signal = AbortSignal.timeout(60_000);
      await stage.host.react(stage.ref, [{ ...eyes, action: "add" }], signal);
      await stage.host.react(stage.ref, [{ ...eyes, action: "add" }], signal);
      await stage.host.react(stage.ref, [{ ...eyes, action: "remove" }], signal);
      await stage.host.react(stage.ref, [{ ...eyes, action: "remove" }], signal);
    },
  },
  {
    statement: "An App finds its check run again by name, commit and `external_id`.",
    documented: `${docs}/rest/checks/runs#list-check-runs-for-a-git-reference`,
    name: "check-run-by-external-id",
    needs: "app",
    check: async (stage) => {
      const check = { headSha: stage.headSha, externalId: `live-${stage.ref.number}` };
      const signal = AbortSignal.timeout(60_000);
      const { id } = await stage.host.writeCheck(stage.ref, { ...check, id: null, plan: null }, signal);
      assert.deepEqual(await stage.host.findCheck(stage.ref, check, signal), { id });
      const plan = { conclusion: "neutral", title: "A check", summary: "A check of codex-review." } as const;
      assert.deepEqual(await stage.host.writeCheck(stage.ref, { ...check, id, plan }, signal), { id });
    },
  },
  {
    statement: "A check run takes at most 50 annotations in one request.",
    documented: `${docs}/rest/checks/runs#create-a-check-run`,
    name: "annotation-limit",
    needs: "app",
    check: async (stage) => {
      const annotations = Array.from({ length: 51 }, (_, at) => annotation(at + 1));
      const create = (count: number) =>
        stage.client.rest(
          "POST",
          `${stage.repositoryPath}/check-runs`,
          checkRun(stage, { annotations: annotations.slice(0, count) }),
        );
      assert.equal((await create(50)).status, 201);
      assert.equal((await create(51)).status, 422);
    },
  },
  {
    statement: "`createCommitOnBranch` refuses a commit onto a branch that has moved.",
    documented: `${docs}/graphql/reference/mutations#createcommitonbranch`,
    name: "commit-on-moved-branch",
    needs: null,
    check: async (stage) => {
      const { owner, name } = stage.ref;
      const commit = `mutation ($input: CreateCommitOnBranchInput!) {
        createCommitOnBranch(input: $input) { commit { oid } }
      }`;
      const input = {
        branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: stage.headRef },
        message: { headline: "Never made" },
        fileChanges: { additions: [{ path: "never.txt", contents: "eA==" }] },
        expectedHeadOid: "0".repeat(40),
      };
      const { errors } = await stage.client.graphql(commit, { input });
      assert.equal(errors.length, 1);
      assert.equal(await stage.host.readHead(stage.ref, AbortSignal.timeout(60_000)), stage.headSha);
    },
  },
  {
    statement: "An App cannot push to a fork that it is not installed on, whatever `maintainer_can_modify` says.",
    documented: null,
    unchecked: "needs a second account with a fork",
  },
];
