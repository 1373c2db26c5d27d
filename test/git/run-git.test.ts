import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { GitDirectory } from "../../src/git/git-directory.ts";
import { gitEnvironment } from "../../src/git/git-directory.ts";
import { toGitError } from "../../src/git/git-error.ts";
import { runGit } from "../../src/git/run-git.ts";
import { createGitWorld, gitEnv, temporaryFolder } from "./git-world.ts";

const never = new AbortController().signal;
const world = createGitWorld();
const commit = world.commit({ "a.txt": "a\n".repeat(10_000) }, { subject: "a" });
const empty = temporaryFolder("empty");
afterAll(() => {
  world.remove();
  rmSync(empty, { recursive: true });
});

const directory = (over: Partial<GitDirectory> = {}): GitDirectory => ({
  path: world.dir,
  outer: gitEnv,
  variables: {},
  settings: [],
  ...over,
});

describe("the environment of git", () => {
  const outer = {
    PATH: "/bin",
    HOME: "/home/me",
    GITHUB_TOKEN: "secret",
    PRIVATE_KEY: "secret",
    GIT_SSH_COMMAND: "evil",
    GIT_EXTERNAL_DIFF: "evil",
    GIT_CONFIG_PARAMETERS: "'core.pager=evil'",
    LD_PRELOAD: "evil.so",
    HTTPS_PROXY: "http://user:secret@proxy",
  };

  it("holds nothing of the process's own but what finds programs", () => {
    const names = Object.keys(gitEnvironment(directory({ outer }), null));
    expect(names.filter((name) => name in outer)).toEqual(["PATH"]);
    expect(Object.values(gitEnvironment(directory({ outer }), null)).join("\n")).not.toMatch(/secret|evil/);
  });

  it("lets proxies in, and one protocol, for the command that fetches", () => {
    const network = { protocol: "https", settings: [["http.https://x/.extraHeader", "Authorization: t"]] as const };
    const environment = gitEnvironment(directory({ outer }), network);
    expect(environment).toMatchObject({ HTTPS_PROXY: "http://user:secret@proxy", GIT_ALLOW_PROTOCOL: "https" });
    const last = Number(environment["GIT_CONFIG_COUNT"]) - 1;
    expect(environment[`GIT_CONFIG_VALUE_${last}`]).toBe("Authorization: t");
    expect(gitEnvironment(directory({ outer }), null)["GIT_ALLOW_PROTOCOL"]).toBe("");
  });
});

describe("runGit", () => {
  it("collects output and tells answers from failures by their exit code", async () => {
    const missing = { args: ["rev-parse", "--verify", "--quiet", "nope"] };
    const result = await runGit(directory(), { ...missing, answers: [1] }, never);
    expect(result).toMatchObject({ exitCode: 1, stopped: null });
    await expect(runGit(directory(), missing, never)).rejects.toMatchObject({ name: "GitError", kind: "failed" });
  });

  it("gives a command its input, also when that is larger than a pipe holds", async () => {
    const input = "x".repeat(1_000_000);
    const { stdout } = await runGit(directory(), { args: ["hash-object", "--stdin"], input }, never);
    expect(stdout.toString().trim()).toBe(world.git(["hash-object", "--stdin"], input));
  });

  it("stops when the reader has enough", async () => {
    let chunks = 0;
    const onChunk = (): boolean => ++chunks < 1;
    const command = { args: ["log", "-p", commit], onChunk };
    expect(await runGit(directory(), command, never)).toMatchObject({ stopped: "by_reader" });
    expect(chunks).toBe(1);
  });

  it("fails for good on more output than it may collect", async () => {
    const command = { args: ["cat-file", "blob", `${commit}:a.txt`], maxBytes: 100 };
    await expect(runGit(directory(), command, never)).rejects.toMatchObject({ kind: "too_large", retryable: false });
  });

  it("stops after its time, and on an abort with the signal's reason", async () => {
    const waiting = { args: ["cat-file", "--batch"], input: "" };
    const hanging = { args: ["-c", "alias.hang=!sleep 60", "hang"] };
    expect(await runGit(directory(), { ...hanging, timeoutMs: 50 }, never)).toMatchObject({ stopped: "timeout" });
    expect(await runGit(directory(), { ...waiting, timeoutMs: 10_000 }, never)).toMatchObject({ stopped: null });
    const reason = new Error("enough");
    const controller = new AbortController();
    const running = runGit(directory(), hanging, controller.signal);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it("tells a process that was killed from one that failed", async () => {
    const suicide = { args: ["-c", "alias.end=!kill -KILL $PPID; sleep 1", "end"] };
    await expect(runGit(directory(), suicide, never)).rejects.toMatchObject({ kind: "killed", retryable: true });
  });

  it("says that there is no git, for good", async () => {
    const outer = { PATH: empty };
    await expect(runGit(directory({ outer }), { args: ["version"] }, never)).rejects.toMatchObject({
      kind: "program",
      retryable: false,
      message: expect.stringContaining("git could not be started"),
    });
  });
});

describe("toGitError", () => {
  it.each([
    ["fatal: remote error: upload-pack: not our ref 11", "missing_commit", true],
    ["fatal: couldn't find remote ref refs/pull/9/head", "missing_commit", true],
    ["error: Server does not allow request for unadvertised object 11", "unadvertised", true],
    ["fatal: could not read Username for 'https://x': terminal prompts disabled", "refused", false],
    ["remote: Repository not found.\nfatal: repository 'https://x/' not found", "refused", false],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 403", "refused", false],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 502", "unreachable", true],
    ["fatal: unable to access 'https://x/': Could not resolve host: x", "unreachable", true],
    ["error: RPC failed; curl 18 transfer closed\nfatal: early EOF", "unreachable", true],
    ["fatal: the remote end hung up unexpectedly", "unreachable", true],
    ["fatal: bad object 11", "failed", true],
    ["", "failed", true],
  ])("%j is %s (retryable: %s)", (stderr, kind, retryable) => {
    expect(toGitError("fetch", stderr)).toMatchObject({ kind, retryable });
  });

  it("says git's first complaint, without the noise before it", () => {
    expect(toGitError("fetch", "warning: x\nfatal: the cause\nfatal: the rest\n").message).toBe("git fetch: the cause");
    expect(toGitError("fetch", "").message).toBe("git fetch: ended without a message");
  });
});
