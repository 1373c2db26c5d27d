import { createCodeHost } from "../../src/github/create-code-host.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { privateKey } from "../github/wire.ts";
import { simulated, withPullRequest } from "../simulator/simulated.ts";
import { describeCodeHost } from "./code-host.ts";
import { watchSimulator } from "./watch-simulator.ts";

const app = { id: 4711, slug: "codex-review", webhookSecret: "it is a secret", privateKey };

const routes = {
  createPendingReview: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  writeComment: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  writeCheck: "/repos/{owner}/{repo}/check-runs",
} as const;

describeCodeHost("GitHub's adapter on the simulator", async () => {
  const { github, stop } = await simulated({ app });
  const violations = watchSimulator(github);
  const { repository, pull } = await withPullRequest(github);
  github.setPermission("acme/shop", "bob", "read");
  const goodLine = { path: "src/pay.ts", side: "RIGHT", startLine: null, line: 10 } as const;
  return {
    host: createCodeHost({
      apiUrl: github.apiUrl,
      gitUrl: github.url,
      auth: { kind: "app", appId: app.id, privateKey },
      userAgent: "codex-review-test",
      clock: { ...createFakeClock(), now: () => new Date() },
      random: () => 0.5,
    }),
    ref: {
      installationId: repository.installationId ?? 0,
      repositoryId: repository.id,
      owner: "acme",
      name: "shop",
      number: pull.number,
    },
    headSha: pull.headSha,
    goodLine,
    badLine: { ...goodLine, line: 20 },
    writer: "alice",
    reader: "bob",
    loseAnswer: (method) => github.faults.add({ kind: "500_after", match: { method: "POST", route: routes[method] } }),
    close: async () => {
      const wrong = violations();
      await stop();
      if (wrong.length > 0) throw new Error(wrong.join("\n"));
    },
  };
});
