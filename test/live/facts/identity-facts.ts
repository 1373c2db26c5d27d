import assert from "node:assert/strict";
import { z } from "zod";
import type { Fact } from "../fact.ts";
import type { Stage } from "../stage.ts";

const docs = "https://docs.github.com";
const tokens = `${docs}/rest/apps/apps#create-an-installation-access-token-for-an-app`;

const tokenAnswer = z.object({
  expires_at: z.string(),
  permissions: z.record(z.string(), z.string()),
  repositories: z.array(z.object({ id: z.int() })),
});

const makeToken = async ({ app, ref }: Stage) => {
  const body = { repository_ids: [ref.repositoryId], permissions: { contents: "read" } };
  const answer = await app?.client.rest("POST", `/app/installations/${app.installationId}/access_tokens`, body);
  return tokenAnswer.parse(answer?.body);
};

const permissionAnswer = z.object({
  permission: z.enum(["admin", "write", "read", "none"]),
  role_name: z.string(),
  user: z.object({
    permissions: z.object({
      admin: z.boolean(),
      maintain: z.boolean(),
      push: z.boolean(),
      triage: z.boolean(),
      pull: z.boolean(),
    }),
  }),
});

/** Facts about tokens and permissions, and about limits. */
export const identityFacts: readonly Fact[] = [
  {
    statement: "An installation token holds the one repository and the permissions that were asked for.",
    documented: tokens,
    name: "token-scope",
    needs: "app",
    check: async (stage) => {
      const { permissions, repositories } = await makeToken(stage);
      assert.deepEqual(permissions, { contents: "read", metadata: "read" });
      assert.deepEqual(
        repositories.map(({ id }) => id),
        [stage.ref.repositoryId],
      );
    },
  },
  {
    statement: "A token without a permission is refused with 403.",
    documented: `${docs}/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible`,
    name: "token-refused",
    needs: "app",
    check: async (stage) => {
      const narrow = await stage.app?.clientWith({ contents: "read" });
      const path = `${stage.repositoryPath}/issues/${stage.ref.number}/comments`;
      assert.equal((await narrow?.rest("POST", path, { body: "Never written." }))?.status, 403);
    },
  },
  {
    statement: "An installation token lives one hour.",
    documented: tokens,
    name: "token-life",
    needs: "app",
    check: async (stage) => {
      const minutes = (Date.parse((await makeToken(stage)).expires_at) - Date.now()) / 60_000;
      assert.ok(minutes > 50 && minutes <= 61, `it lives ${minutes} minutes`);
    },
  },
  {
    statement: "A collaborator's permissions are five booleans; `permission` knows only admin, write, read and none.",
    documented: `${docs}/rest/collaborators/collaborators#get-repository-permissions-for-a-user`,
    name: "permission-fields",
    needs: null,
    check: async (stage) => {
      const path = `${stage.repositoryPath}/collaborators/${stage.ref.owner}/permission`;
      assert.ok(permissionAnswer.safeParse((await stage.client.rest("GET", path)).body).success);
    },
  },
  {
    statement: "For somebody who is no user the permission is 404.",
    documented: `${docs}/rest/collaborators/collaborators#get-repository-permissions-for-a-user`,
    name: "permission-of-nobody",
    needs: null,
    check: async (stage) => {
      const path = `${stage.repositoryPath}/collaborators/no-user-has-this-name-4711/permission`;
      assert.equal((await stage.client.rest("GET", path)).status, 404);
    },
  },
  {
    statement: "Every answer says what is left of the hour and when it ends.",
    documented: `${docs}/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit`,
    name: "rate-limit-headers",
    needs: null,
    check: async (stage) => {
      const { headers } = await stage.client.rest("GET", stage.pullPath);
      const reset = Number(headers.get("x-ratelimit-reset")) * 1000 - Date.now();
      assert.match(headers.get("x-ratelimit-remaining") ?? "", /^\d+$/);
      assert.ok(reset > -60_000 && reset <= 3_700_000, `it ends in ${reset} ms`);
    },
  },
  {
    statement: "Limits are answered with 403 or 429 and `retry-after` or `x-ratelimit-reset`.",
    documented: `${docs}/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit`,
    unchecked: "provoking a limit would harm others on the same installation",
  },
  {
    statement: "A 5xx or a reset may answer a write that took effect.",
    documented: null,
    unchecked: "it cannot be provoked; the ledger of writes assumes it always",
  },
];
