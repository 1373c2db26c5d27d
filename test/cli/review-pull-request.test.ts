import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewPullRequest } from "../../src/cli/review-pull-request.ts";
import type { ReviewOptions } from "../../src/cli/review-options.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { readEnvironment } from "../../src/config/env.ts";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { pageFinding } from "../e2e/scripted-reviewer.ts";
import { openShop } from "../e2e/world.ts";
import { simulated } from "../simulator/simulated.ts";
import { reviewing, startResponsesServer, type ResponsesServer } from "./responses-server.ts";
import { runCli } from "./run-cli.ts";

describe("a review of a pull request with one's own token", () => {
  let github: Simulator;
  let model: ResponsesServer;
  let pull: PullView;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ github, stop } = await simulated());
    model = await startResponsesServer(reviewing(pageFinding()));
    pull = await openShop(github);
    github.setPermission(pull.repo, "bob", "write");
  });
  afterAll(async () => {
    await model.close();
    await stop();
  });
  const variables = () => ({
    GHE_HOST: github.url,
    GITHUB_TOKEN: github.createUserToken("bob"),
    OPENAI_BASE_URL: model.url,
    MODEL: "scripted",
  });
  const review = (options: Partial<ReviewOptions> = {}, target = `${pull.repo}#${pull.number}`) =>
    reviewPullRequest(
      {
        target,
        options: { format: "text", failOn: "never", ...options },
        environment: readEnvironment(variables()),
        processEnvironment: { PATH: process.env["PATH"] },
      },
      new AbortController().signal,
    );

  it("writes nothing on GitHub by default", async () => {
    github.clearRequests();
    const { title, result, sources } = await review();
    expect(title).toContain("not posted");
    expect(result.findings.map(({ anchor }) => anchor)).toMatchObject([{ path: "src/pages.ts", line: 3 }]);
    expect(sources.get("src/pages.ts")).toContain("number * size");
    expect(github.requests.filter(({ kind, method }) => kind === "rest" && method !== "GET")).toEqual([]);
    expect(github.requests.flatMap(({ operations }) => operations)).toEqual(["repository"]);
    expect(github.reviews(pull)).toEqual([]);
  });

  it("posts once with --post, in the token's name and without a check run", async () => {
    const args = ["review", `${pull.repo}#${pull.number}`, "--post", "--fail-on", "P1"];
    const { exitCode, stdout, stderr } = await runCli({ args, cwd: import.meta.dirname, env: variables() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).toContain(", posted");
    const [posted, ...others] = github.reviews(pull);
    expect(others).toEqual([]);
    expect(posted).toMatchObject({ author: "bob", state: "COMMENTED" });
    expect(posted?.comments).toMatchObject([{ path: "src/pages.ts", line: 3 }]);
    expect(github.checkRuns(pull.headSha)).toEqual([]);
  });

  it("says nothing twice when it is called again", async () => {
    await review({ post: true });
    expect(github.threads(pull)).toHaveLength(1);
  });

  it.each(["acme/shop", "acme/shop#0x1", "https://github.com/acme/shop/pull/1", "a b/c#1"])(
    "refuses what is no pull request: %s",
    async (target) => {
      await expect(review({}, target)).rejects.toThrow(/is no pull request: write owner\/repo#12/);
    },
  );

  it.each(["acme/shop#99", "acme/nothing#1"])("tells a pull request that is not there: %s", async (target) => {
    const missing = review({}, target);
    await expect(missing).rejects.toThrow(UsageError);
    await expect(missing).rejects.toThrow(`${target} does not exist, or GITHUB_TOKEN may not read it`);
  });

  it("asks for a token where none is set", async () => {
    const { GITHUB_TOKEN: _, ...others } = variables();
    const { exitCode, stderr } = await runCli({
      args: ["review", "acme/shop#1"],
      cwd: import.meta.dirname,
      env: others,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^codex-review: set GITHUB_TOKEN/);
  });
});
