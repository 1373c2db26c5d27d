import { once } from "node:events";
import { createServer } from "node:http";
import { createCodeHost } from "../../src/github/create-code-host.ts";
import { watchSimulator } from "../contract/watch-simulator.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { privateKey } from "../github/wire.ts";
import { simulated } from "../simulator/simulated.ts";
import { openAccess } from "./open-access.ts";
import { baseFiles, headFiles } from "./sample-change.ts";
import type { Stage } from "./stage.ts";

const appId = 4711;
const slug = "codex-review";

/** The same stage on the simulator, with somebody who takes the webhooks. `violations` are against GitHub's schemas. */
export const openSimulatorStage = async (): Promise<{ stage: Stage; violations: () => readonly string[] }> => {
  const receiver = createServer((_request, response) => response.end()).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const address = receiver.address();
  if (typeof address !== "object" || address === null) throw new Error("the receiver has no port");
  const { github, stop } = await simulated({
    app: { id: appId, slug, webhookSecret: "it is a secret", privateKey },
    webhookUrl: `http://127.0.0.1:${address.port}/`,
  });
  const violations = watchSimulator(github);
  const repository = await github.createRepository({ owner: "acme", name: "scratch", files: baseFiles });
  const headSha = await github.push("acme/scratch", "head", { files: headFiles, message: "Change the ledger" });
  const draft = { repo: "acme/scratch", head: "head", title: "A check", author: `${slug}[bot]`, draft: true };
  const { number } = await github.openPullRequest(draft);
  const named = { owner: "acme", name: "scratch" };
  const auth = { kind: "app", appId, privateKey } as const;
  const { client, installationId, app } = await openAccess({ apiUrl: github.apiUrl, auth, ...named });
  const clock = { ...createFakeClock(), now: () => new Date() };
  const adapter = { apiUrl: github.apiUrl, gitUrl: github.url, auth, clock, random: () => 0.5 };
  const stage: Stage = {
    ref: { installationId, repositoryId: repository.id, ...named, number },
    headSha,
    headRef: "head",
    client,
    host: createCodeHost({ ...adapter, userAgent: "codex-review-test" }),
    app: app === null ? null : await app(repository.id),
    repositoryPath: "/repos/acme/scratch",
    pullPath: `/repos/acme/scratch/pulls/${number}`,
    pause: github.settled,
    close: async () => {
      receiver.close();
      await stop();
    },
  };
  return { stage, violations };
};
