import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LocalRange } from "../../src/git/local-repository.ts";
import type { LocalWorld } from "./local-world.ts";
import { createLocalWorld, gitIn, statuses, uncommitted } from "./local-world.ts";

const signal = new AbortController().signal;

let world: LocalWorld;
beforeEach(() => {
  world = createLocalWorld();
});
afterEach(() => world.remove());

const fingerprint = (): readonly string[] =>
  readdirSync(world.repo, { recursive: true })
    .map(String)
    .map((name) => {
      const { mtimeMs, size } = statSync(join(world.repo, name));
      return `${name} ${mtimeMs} ${size}`;
    })
    .toSorted();

const commits = (base: string, head = "HEAD"): LocalRange => ({ kind: "commits", base, head });

describe("uncommitted changes", () => {
  it("are staged, changed, deleted, moved and untracked files, but not ignored ones", async () => {
    world.write("moved/from.txt", "a\nb\nc\nd\n");
    world.write("gone.txt", "g\n");
    world.write("run.sh", "r\n");
    world.commitAll();
    world.write("a.txt", "two\n");
    world.write("staged.txt", "s\n");
    world.git("add", "staged.txt");
    rmSync(join(world.repo, "gone.txt"));
    renameSync(join(world.repo, "moved/from.txt"), join(world.repo, "moved/to.txt"));
    chmodSync(join(world.repo, "run.sh"), 0o755);
    world.write('untracked/we"ird\nname.txt', "u\n");
    symlinkSync("/etc/passwd", join(world.repo, "out"));
    world.write("debug.log", "ignored\n");
    world.write(".git/info/exclude", "private\n");
    world.write("private", "ignored\n");
    mkdirSync(join(world.home, ".config/git"), { recursive: true });
    writeFileSync(join(world.home, ".config/git/ignore"), ".DS_Store\n");
    world.write(".DS_Store", "ignored\n");
    const trees = await world.open(uncommitted);
    expect(statuses(trees)).toEqual([
      "modified a.txt",
      "deleted gone.txt",
      "renamed moved/to.txt",
      "added out",
      "modified run.sh",
      "added staged.txt",
      'added untracked/we"ird\nname.txt',
    ]);
    expect(await trees.read("head", "a.txt", signal)).toMatchObject({ text: "two\n" });
    expect(await trees.read("head", "out", signal)).toEqual({ kind: "symlink", target: "/etc/passwd" });
    const blame = await trees.blame({ at: "head", path: "a.txt", startLine: 1, endLine: 1 }, signal);
    expect(blame).toMatchObject([{ subject: "uncommitted changes", text: "two" }]);
  });

  it("obey the user's own list of ignored files, wherever that is", async () => {
    writeFileSync(join(world.home, ".gitconfig"), "[core]\n\texcludesFile = ~/ignored\n");
    writeFileSync(join(world.home, "ignored"), "*.secret\n");
    world.write("my.secret", "s\n");
    world.write("new.txt", "n\n");
    expect(statuses(await world.open(uncommitted))).toEqual(["added new.txt"]);
  });

  it("are found also where a file changed within the index's own tick and kept its size", async () => {
    for (const text of ["two\n", "six\n", "ten\n"]) {
      world.write("a.txt", "one\n");
      world.git("add", "a.txt");
      world.write("a.txt", text);
      const trees = await world.open(uncommitted);
      expect(await trees.read("head", "a.txt", signal)).toMatchObject({ text });
    }
  });

  it("stand against another base when one is named, together with the commits since", async () => {
    world.git("switch", "-q", "-c", "topic");
    world.write("topic.txt", "t\n");
    world.commitAll();
    world.write("a.txt", "dirty\n");
    expect(statuses(await world.open({ kind: "uncommitted", base: "main" }))).toEqual([
      "modified a.txt",
      "added topic.txt",
    ]);
    expect(statuses(await world.open(uncommitted))).toEqual(["modified a.txt"]);
  });

  it("are everything in a repository without a commit", async () => {
    rmSync(join(world.repo, ".git"), { recursive: true });
    world.git("init", "-q");
    expect(statuses(await world.open(uncommitted))).toEqual(["added .gitignore", "added a.txt", "added src/b.txt"]);
  });

  it("are read from a folder inside, from a linked worktree and from a split index", async () => {
    world.git("worktree", "add", "-q", "../linked", "-b", "linked");
    writeFileSync(join(world.root, "linked", "a.txt"), "linked\n");
    expect(statuses(await world.open(uncommitted, join(world.root, "linked", "src")))).toEqual(["modified a.txt"]);
    world.git("update-index", "--split-index");
    world.write("a.txt", "split\n");
    expect(statuses(await world.open(uncommitted))).toEqual(["modified a.txt"]);
  });

  it("leave a nested repository alone, and take a submodule for its commit", async () => {
    world.write("nested/x.txt", "x\n");
    gitIn(world.repo, ["init", "-q", "nested"]);
    world.write("a.txt", "two\n");
    expect(statuses(await world.open(uncommitted))).toEqual(["modified a.txt"]);
  });

  it("keep line ends as the user's settings would commit them", async () => {
    world.git("config", "core.autocrlf", "true");
    world.write("a.txt", "one\r\ntwo\r\n");
    const trees = await world.open(uncommitted);
    expect(await trees.read("head", "a.txt", signal)).toMatchObject({ text: "one\ntwo\n" });
  });

  it("are read without a trace in the user's repository", async () => {
    world.write("a.txt", "two\n");
    world.write("new.txt", "n\n");
    const before = fingerprint();
    const trees = await world.open(uncommitted);
    await trees.grep(
      { at: "head", pattern: "two", fixed: true, ignoreCase: false, globs: [], contextLines: 1, maxMatches: 5 },
      signal,
    );
    await trees.attributed(["a.txt"], signal);
    await trees.close();
    expect(fingerprint()).toEqual(before);
  });
});

describe("what cannot be reviewed", () => {
  it.each<[what: string, range: LocalRange, refused: string]>([
    ["an unknown base", commits("nope"), "nope names no commit here"],
    ["an unknown head", commits("main", "nope"), "nope names no commit here"],
    ["a file as a revision", commits("main:a.txt"), "main:a.txt names no commit here"],
    ["an option as a revision", commits("--output=x"), "--output=x names no commit here"],
    ["equal commits", commits("main"), "there is nothing to review: main and HEAD hold the same files"],
    ["a clean tree", uncommitted, "there is nothing to review: HEAD and the working tree hold the same files"],
  ])("%s", async (_, range, refused) => {
    expect(await world.attempt(range)).toEqual({ opened: false, refused });
  });

  it("commits without common history", async () => {
    world.git("switch", "-q", "--orphan", "other");
    world.git("commit", "-q", "--allow-empty", "-m", "o");
    expect(await world.attempt(commits("main", "other"))).toEqual({
      opened: false,
      refused: "main and other share no history",
    });
  });

  it("a shallow clone that ends too early, with the way out", async () => {
    world.write("a.txt", "two\n");
    world.commitAll();
    const shallow = join(world.root, "shallow");
    gitIn(world.root, ["clone", "-q", "--depth=1", `file://${world.repo}`, shallow]);
    expect(await world.attempt(commits("HEAD~1"), shallow)).toEqual({
      opened: false,
      refused: "HEAD~1 names no commit here; the clone is shallow, `git fetch --unshallow` brings the rest",
    });
  });

  it("a folder outside of any repository, and none at all", async () => {
    expect(await world.attempt(uncommitted, world.home)).toEqual({
      opened: false,
      refused: `${world.home} is not in a git repository`,
    });
    expect(await world.attempt(uncommitted, join(world.home, "no"))).toEqual({
      opened: false,
      refused: `${join(world.home, "no")} is no folder`,
    });
  });

  it("the working tree of a bare repository", async () => {
    const bare = join(world.root, "bare.git");
    gitIn(world.root, ["clone", "-q", "--bare", world.repo, bare]);
    expect(await world.attempt(uncommitted, bare)).toEqual({
      opened: false,
      refused: "a bare repository has no working tree: name two commits with --base and --head",
    });
  });

  it("leaves no temporary folder behind", async () => {
    const temporary = join(world.root, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    try {
      await world.attempt(uncommitted);
      world.write("a.txt", "two\n");
      const trees = await world.open(uncommitted);
      expect(readdirSync(temporary)).toHaveLength(1);
      await trees.close();
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
