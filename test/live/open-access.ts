import { createAppAuth } from "@octokit/auth-app";
import { z } from "zod";
import type { GitHubAuth } from "../../src/github/tokens.ts";
import { createLiveClient, expectOk, type LiveClient } from "./live-client.ts";
import type { AppAccess } from "./stage.ts";

const idAnswer = z.object({ id: z.int() });
const tokenAnswer = z.object({ token: z.string() });

interface AccessOptions {
  readonly apiUrl: string;
  readonly auth: GitHubAuth;
  readonly owner: string;
  readonly name: string;
}

interface Access {
  readonly client: LiveClient;
  readonly installationId: number;
  readonly app: ((repositoryId: number) => Promise<AppAccess>) | null;
}

/** A client that may do everything, and what only an App may do beside. */
export const openAccess = async ({ apiUrl, auth, owner, name }: AccessOptions): Promise<Access> => {
  if (auth.kind === "token")
    return { client: createLiveClient(apiUrl, `token ${auth.token}`), installationId: 0, app: null };
  const { token } = await createAppAuth({ appId: auth.appId, privateKey: auth.privateKey })({ type: "app" });
  const client = createLiveClient(apiUrl, `Bearer ${token}`);
  const { id: installationId } = idAnswer.parse(
    expectOk(await client.rest("GET", `/repos/${owner}/${name}/installation`)),
  );
  const clientFor = async (scope: object): Promise<LiveClient> => {
    const answer = await client.rest("POST", `/app/installations/${installationId}/access_tokens`, scope);
    return createLiveClient(apiUrl, `token ${tokenAnswer.parse(expectOk(answer)).token}`);
  };
  const app = async (repositoryId: number): Promise<AppAccess> => {
    const hook = z.object({ url: z.string().nullish() }).safeParse((await client.rest("GET", "/app/hook/config")).body);
    const clientWith = (permissions: Readonly<Record<string, string>>) =>
      clientFor({ repository_ids: [repositoryId], permissions });
    return { client, installationId, clientWith, hasWebhook: hook.success && (hook.data.url ?? "") !== "" };
  };
  return { client: await clientFor({ repositories: [name] }), installationId, app };
};
