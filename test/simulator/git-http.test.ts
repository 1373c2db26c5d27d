import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullView, RepositoryView, Simulator } from "../../src/simulator/simulator.ts";
import { changed, simulated, withPullRequest } from "./simulated.ts";

const run = promisify(execFile);

let github: Simulator;
let repository: RepositoryView;
let pull: PullView;
let folder: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ github, stop } = await simulated());
  ({ repository, pull } = await withPullRequest(github, { private: true }));
  folder = await mkdtemp(join(tmpdir(), "clones-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await stop();
});

/** git with the token in its environment, as the app hands it over. */
const git = (token: string | null, ...args: readonly string[]) => {
  const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  const auth = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "http.extraHeader", GIT_CONFIG_VALUE_0: header };
  const isolated = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" };
  const env = { PATH: process.env["PATH"], ...isolated, ...(token === null ? {} : auth) };
  return run("git", [...args], { cwd: folder, env });
};

const reader = (): string => github.createInstallationToken("acme", { permissions: { contents: "read" } });

describe("git over HTTP", () => {
  it("clones a private repository with contents: read", async () => {
    await git(reader(), "clone", "--quiet", repository.cloneUrl, "whole");
    expect(await readFile(join(folder, "whole/README.md"), "utf8")).toBe("# Shop\n");
  });

  it("fetches one commit by its SHA, and refs/pull/N/head", async () => {
    await git(reader(), "init", "--quiet", "--bare", "mirror");
    const mirror = ["--git-dir", join(folder, "mirror")];
    await git(reader(), ...mirror, "fetch", "--quiet", "--depth=1", repository.cloneUrl, pull.headSha);
    const shown = await git(null, ...mirror, "show", `${pull.headSha}:src/pay.ts`);
    expect(shown.stdout).toBe(changed);
    const listed = await git(reader(), "ls-remote", repository.cloneUrl, "refs/pull/1/head");
    expect(listed.stdout).toBe(`${pull.headSha}\trefs/pull/1/head\n`);
  });

  it.each([
    { title: "without a token", token: () => null, says: /could not read Username|terminal prompts disabled/ },
    { title: "with a bad token", token: () => "ghs_never", says: /401|Authentication failed|could not read Username/ },
    {
      title: "with a token that may not read contents",
      token: () => github.createInstallationToken("acme", { permissions: { pull_requests: "write" } }),
      says: /not found/i,
    },
  ])("refuses a private repository $title", async ({ token, says }) => {
    await expect(git(token(), "ls-remote", repository.cloneUrl)).rejects.toThrow(says);
  });

  it("serves a public repository to everybody", async () => {
    const open = await github.createRepository({ owner: "acme", name: "open", files: { "a.txt": "a\n" } });
    expect((await git(null, "ls-remote", open.cloneUrl, "HEAD")).stdout).toMatch(/^[0-9a-f]{40}\tHEAD\n$/);
  });

  it("serves a fork's head from the base repository, also when the fork is gone", async () => {
    const fork = await github.fork("acme/shop", "dave");
    const sha = await github.push(fork.fullName, "fix", { files: { "fix.txt": "fixed\n" } });
    const forked = await github.openPullRequest({ repo: "acme/shop", head: "dave:fix", title: "Fix", author: "dave" });
    github.deleteFork(fork.fullName);
    const listed = await git(reader(), "ls-remote", repository.cloneUrl, `refs/pull/${forked.number}/head`);
    expect(listed.stdout).toContain(sha);
  });

  it("takes no push", async () => {
    await git(reader(), "clone", "--quiet", repository.cloneUrl, "pusher");
    await expect(git(reader(), "-C", join(folder, "pusher"), "push", "origin", "HEAD:refs/heads/mine")).rejects.toThrow(
      /501/,
    );
  });
});

describe("a repository's history", () => {
  it("comes from a bundle", async () => {
    await git(reader(), "clone", "--quiet", "--bare", repository.cloneUrl, "source");
    const bundle = join(folder, "shop.bundle");
    await git(null, "--git-dir", join(folder, "source"), "bundle", "create", "--quiet", bundle, "--all");
    const copy = await github.createRepository({
      owner: "acme",
      name: "copy",
      fromBundle: bundle,
      defaultBranch: "main",
    });
    expect(await github.branchSha("acme/copy", "feature")).toBe(pull.headSha);
    expect(copy.defaultBranch).toBe("main");
  });

  it("is pushed from a folder, and pull requests follow", async () => {
    const clone = join(folder, "worker");
    await git(reader(), "clone", "--quiet", "--branch=feature", repository.cloneUrl, clone);
    await writeFile(join(clone, "from-folder.txt"), "here\n");
    await git(null, "-C", clone, "add", ".");
    const identity = ["-c", "user.name=Alice", "-c", "user.email=alice@example.com"];
    await git(null, "-C", clone, ...identity, "commit", "--quiet", "--message=From a folder");
    const changedFiles = github.pull(pull).changedFiles;
    await github.pushFromGit("acme/shop", { dir: clone, refspec: "+feature:refs/heads/feature" });
    expect(github.pull(pull).changedFiles).toBe(changedFiles + 1);
  });
});
