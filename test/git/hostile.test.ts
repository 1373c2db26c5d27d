import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gitEnv } from "./git-world.ts";
import type { LocalWorld } from "./local-world.ts";
import { sourceOf, testMirrors } from "./open-world.ts";
import { createLocalWorld, gitIn, statuses, uncommitted } from "./local-world.ts";

const signal = new AbortController().signal;

let world: LocalWorld;
beforeEach(() => {
  world = createLocalWorld();
});
afterEach(() => world.remove());

/** Plain git, as the person would run it: proof that a configuration is as hostile as it is meant to be. */
const plainGit = (...args: string[]): void => {
  const env = { ...gitEnv, GIT_CONFIG_GLOBAL: undefined, HOME: world.home };
  spawnSync("git", args, { cwd: world.repo, env });
};

const poison = (marker: string): string => {
  const run = `touch '${marker}'`;
  return [
    `[core]\n\tfsmonitor = "${run}; false"\n\thooksPath = ${world.root}/hooks\n\tpager = "${run}"\n\tsshCommand = "${run}"`,
    `\teditor = "${run}"\n\taskPass = "${run}"\n\talternateRefsCommand = "${run}"`,
    `[diff]\n\texternal = "${run}"\n\tnoprefix = true\n\talgorithm = histogram\n\tcontext = 0\n\trenames = false`,
    `[diff "evil"]\n\tcommand = "${run}"\n\ttextconv = "${run}"\n\tbinary = true`,
    `[filter "evil"]\n\tclean = "${run}"\n\tsmudge = "${run}"\n\tprocess = "${run}"\n\trequired = true`,
    `[alias]\n\trev-parse = "!${run}"\n\tdiff-tree = "!${run}"`,
    `[gpg]\n\tprogram = "${run}"\n[log]\n\tshowSignature = true\n[commit]\n\tgpgSign = true`,
    `[credential]\n\thelper = "!${run}"\n[uploadpack]\n\tpackObjectsHook = "${run}"`,
    `[grep]\n\tpatternType = fixed\n\tlineNumber = false\n[color]\n\tui = always\n[submodule]\n\trecurse = true`,
    "",
  ].join("\n");
};

describe("a hostile configuration", () => {
  it.each([["the repository's own"], ["the user's"]])("runs nothing and changes nothing: %s", async (whose) => {
    world.write(".gitattributes", "* diff=evil filter=evil\n");
    world.write("src/old.txt", "a\nb\nc\nd\ne\nf\n");
    world.commitAll();
    world.git("mv", "src/old.txt", "src/new.txt");
    world.write("src/new.txt", "a\nb\nc\nd\ne\nF\n");
    world.write("a.txt", "two\n");
    const clean = (await world.open(uncommitted)).diff.files;
    const marker = join(world.root, "poisoned");
    mkdirSync(join(world.root, "hooks"));
    for (const hook of [
      "post-index-change",
      "pre-commit",
      "post-checkout",
      "fsmonitor-watchman",
      "reference-transaction",
    ])
      writeFileSync(join(world.root, "hooks", hook), `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 });
    const config = whose === "the user's" ? join(world.home, ".gitconfig") : join(world.repo, ".git/config");
    appendFileSync(config, poison(marker));

    const trees = await world.open(uncommitted);
    expect(trees.diff.files).toEqual(clean);
    const query = { at: "head", pattern: "t.o", fixed: false, ignoreCase: false, globs: [] } as const;
    const found = await trees.grep({ ...query, contextLines: 0, maxMatches: 5 }, signal);
    expect(found).toMatchObject({ matches: [{ path: "a.txt", line: 1, text: "two" }] });
    await trees.log({ path: "a.txt", max: 5 }, signal);
    await trees.blame({ at: "head", path: "a.txt", startLine: 1, endLine: 1 }, signal);
    await trees.attributed(["a.txt"], signal);
    expect(existsSync(marker)).toBe(false);
    plainGit("status");
    expect(existsSync(marker)).toBe(true);
  });

  it("runs nothing of a submodule's either", async () => {
    const marker = join(world.root, "poisoned");
    const inner = join(world.root, "inner");
    gitIn(world.root, ["init", "-q", inner]);
    gitIn(inner, ["commit", "-q", "--allow-empty", "-m", "i"]);
    world.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
    world.commitAll();
    appendFileSync(join(world.repo, ".git/modules/sub/config"), poison(marker));
    writeFileSync(join(world.repo, "sub/dirty.txt"), "d\n");
    world.write("a.txt", "two\n");
    expect(statuses(await world.open(uncommitted))).toEqual(["modified a.txt"]);
    expect(existsSync(marker)).toBe(false);
    plainGit("status");
    expect(existsSync(marker)).toBe(true);
  });

  it("of the user changes nothing for a mirror", async () => {
    const marker = join(world.root, "poisoned");
    const environment = { ...gitEnv, GIT_CONFIG_GLOBAL: undefined, HOME: world.home };
    const baseSha = world.git("rev-parse", "HEAD");
    world.write("a.txt", "two\n");
    world.commitAll();
    const source = sourceOf({ baseSha, headSha: world.git("rev-parse", "HEAD") });
    const access = { url: `file://${world.repo}`, authorization: null };
    const read = async (dir: string) => {
      const trees = await testMirrors(join(world.root, dir), { environment }).open(source, access, signal);
      await trees.close();
      return trees.diff;
    };
    const clean = await read("clean");
    appendFileSync(join(world.home, ".gitconfig"), poison(marker));
    expect(await read("poisoned-home")).toEqual(clean);
    expect(existsSync(marker)).toBe(false);
  });

  it("cannot move the working tree elsewhere", async () => {
    world.git("config", "core.worktree", world.home);
    expect(await world.attempt(uncommitted)).toEqual({
      opened: false,
      refused: expect.stringMatching(/core\.worktree points to .*home, which holds no \.git$/),
    });
  });
});
