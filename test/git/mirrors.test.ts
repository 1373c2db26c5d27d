import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MirrorOptions } from "../../src/git/mirrors.ts";
import type { ChangeSource, ChangeTrees, GitAccess } from "../../src/review/ports.ts";
import type { GitWorld } from "./git-world.ts";
import { createGitWorld, temporaryFolder } from "./git-world.ts";
import { sourceOf, testMirrors } from "./open-world.ts";

const signal = new AbortController().signal;
const nowhere: GitAccess = { url: "file:///nowhere/at/all.git", authorization: null };

let world: GitWorld;
let dir: string;
let access: GitAccess;
let source: ChangeSource;

beforeEach(() => {
  world = createGitWorld();
  dir = temporaryFolder("mirrors");
  access = { url: world.url, authorization: null };
  const base = world.commit({ "a.txt": "one\n", "b.txt": "b\n" }, { subject: "base" });
  const head = world.commit({ "a.txt": "two\n", "b.txt": "b\n" }, { subject: "head", parents: [base] });
  world.setRef("refs/heads/main", base);
  world.setRef("refs/pull/1/head", head);
  source = sourceOf({ headSha: head, baseSha: base });
});
afterEach(() => {
  world.remove();
  rmSync(dir, { recursive: true, force: true });
});

const open = (from = source, over: Partial<MirrorOptions> = {}, by = access): Promise<ChangeTrees> =>
  testMirrors(dir, over).open(from, by, signal);

const openAndClose = async (from = source, by = access): Promise<readonly string[]> => {
  const trees = await open(from, {}, by);
  await trees.close();
  return trees.diff.files.map((file) => file.path);
};

const mirror = (repositoryId = 7): string => join(dir, `${repositoryId}.git`);
const packs = (): readonly string[] =>
  readdirSync(join(mirror(), "objects", "pack")).filter((name) => name.endsWith(".pack"));

/** A commit that only the pull request's own reference names, as after its fork was deleted. */
const pushHead = (tree: Record<string, string>, parents: readonly string[] = [source.baseSha]): ChangeSource => {
  const headSha = world.commit(tree, { subject: "pushed", parents });
  world.setRef("refs/pull/1/head", headSha);
  world.git(["update-ref", "-d", "refs/scratch/last"]);
  return { ...source, headSha };
};

describe("fetching", () => {
  it("reads a head that only refs/pull names, as forks and deleted forks have it", async () => {
    expect(await openAndClose(pushHead({ "fork.txt": "f\n", "a.txt": "one\n", "b.txt": "b\n" }))).toEqual(["fork.txt"]);
  });

  it("needs no network when it holds both commits", async () => {
    await openAndClose();
    expect(await openAndClose(source, nowhere)).toEqual(["a.txt"]);
  });

  it("follows a force-push and still opens the head before it", async () => {
    await openAndClose();
    const pushed = pushHead({ "a.txt": "forced\n", "b.txt": "b\n" });
    expect(await openAndClose(pushed)).toEqual(["a.txt"]);
    const before = await open();
    expect(before.diff.head).toBe(source.headSha);
    await before.close();
  });

  it("takes a base branch that moved on, and diffs from the merge base", async () => {
    const baseSha = world.commit(
      { "a.txt": "one\n", "b.txt": "moved\n" },
      { subject: "tip", parents: [source.baseSha] },
    );
    const trees = await open({ ...source, baseSha });
    expect(trees.diff).toMatchObject({ mergeBase: source.baseSha, files: [{ path: "a.txt" }] });
    expect(await trees.readBaseTip("b.txt", signal)).toMatchObject({ text: "moved\n" });
    await trees.close();
  });

  it("diffs from one merge base where branches that were merged into each other have two", async () => {
    const onMain = { "a.txt": "one\n", "b.txt": "main\n" };
    const main = world.commit(onMain, { subject: "main", parents: [source.baseSha] });
    const both = { "a.txt": "two\n", "b.txt": "main\n" };
    const baseSha = world.commit(both, { subject: "branch into main", parents: [main, source.headSha] });
    const merged = pushHead({ ...both, "c.txt": "c\n" }, [source.headSha, main]);
    world.setRef("refs/heads/main", baseSha);
    const trees = await open({ ...merged, baseSha });
    const { mergeBase, files } = trees.diff;
    const fromMain = mergeBase === main;
    expect([main, source.headSha]).toContain(mergeBase);
    expect(files.map(({ path }) => path)).toEqual(fromMain ? ["a.txt", "c.txt"] : ["b.txt", "c.txt"]);
    await trees.close();
  });

  it("says which commit is gone, and that trying again may help", async () => {
    const gone = { ...source, headSha: "1".repeat(40) };
    await expect(open(gone)).rejects.toMatchObject({
      kind: "missing_commit",
      retryable: true,
      message: `the server does not have commit ${gone.headSha} any more`,
    });
  });

  it("refuses a change without common history for good", async () => {
    const headSha = world.commit({ "a.txt": "else\n" }, { subject: "orphan" });
    await expect(open({ ...source, headSha })).rejects.toMatchObject({ kind: "no_merge_base", retryable: false });
  });

  it("speaks no protocol that it was not told to", async () => {
    await expect(open(source, { protocols: ["https"] })).rejects.toMatchObject({ kind: "refused", retryable: false });
    await expect(open(source, {}, { url: "ext::sh -c date", authorization: null })).rejects.toMatchObject({
      kind: "refused",
    });
  });

  it("lets concurrent jobs wait for one another", async () => {
    const heads = ["x", "y", "z"].map((text) => pushHead({ "a.txt": `${text}\n` }));
    const sources = heads.map((head, index) => ({ ...head, ref: { ...head.ref, number: index + 1 } }));
    heads.forEach((head, index) => world.setRef(`refs/pull/${index + 1}/head`, head.headSha));
    const opened = await Promise.all(sources.map((each) => open(each)));
    expect(opened.map((trees) => trees.diff.head)).toEqual(heads.map((head) => head.headSha));
    for (const trees of opened) await trees.close();
  });

  it("joins the packs that many fetches left", async () => {
    await openAndClose();
    for (let index = 0; index < 24; index++) {
      const blob = world.git(["--git-dir", mirror(), "hash-object", "-w", "--stdin"], `blob ${index}`);
      world.git(["--git-dir", mirror(), "pack-objects", "--quiet", join(mirror(), "objects/pack/pack")], `${blob}\n`);
    }
    await openAndClose();
    expect(packs().length).toBeLessThan(5);
    expect(await openAndClose(source, nowhere)).toEqual(["a.txt"]);
  });
});

describe("a damaged mirror", () => {
  it("is built anew when its objects are gone", async () => {
    await openAndClose();
    for (const name of packs()) rmSync(join(mirror(), "objects", "pack", name));
    expect(await openAndClose()).toEqual(["a.txt"]);
  });

  it("is built anew when it is no repository any more", async () => {
    await openAndClose();
    writeFileSync(join(mirror(), "config"), "[core\n");
    expect(await openAndClose()).toEqual(["a.txt"]);
  });

  it("is built anew after a removal or a creation that was cut short", async () => {
    await openAndClose();
    rmSync(join(mirror(), "HEAD"));
    expect(await openAndClose()).toEqual(["a.txt"]);
  });

  it("is given up by the change that misses an object, and built anew by the next", async () => {
    await openAndClose();
    const [pack = ""] = packs().map((name) => join(mirror(), "objects", "pack", name));
    const bytes = readFileSync(pack);
    rmSync(pack);
    world.git(["--git-dir", mirror(), "unpack-objects", "-q"], bytes);
    const unchanged = world.git(["rev-parse", `${source.headSha}:b.txt`]);
    rmSync(join(mirror(), "objects", unchanged.slice(0, 2), unchanged.slice(2)));

    const trees = await open();
    const reading = trees.read("head", "b.txt", signal);
    await expect(reading).rejects.toMatchObject({ kind: "corrupt", retryable: true });
    await trees.close();
    const again = await open();
    expect(await again.read("head", "b.txt", signal)).toMatchObject({ text: "b\n" });
    await again.close();
  });

  it("is not suspected when a change is closed in the middle of a read", async () => {
    await openAndClose();
    const before = packs();
    const trees = await open();
    const reading = trees.read("head", "a.txt", signal).catch((error: unknown) => error);
    await trees.close();
    expect(await reading).toMatchObject({ kind: "failed", message: "the change is closed" });
    expect(await openAndClose(source, nowhere)).toEqual(["a.txt"]);
    expect(packs()).toEqual(before);
  });

  it("loses the locks and half-received packs of a killed writer, and nothing else", async () => {
    await openAndClose();
    const kept = packs();
    writeFileSync(join(mirror(), "packed-refs.lock"), "");
    writeFileSync(join(mirror(), "refs/pull/1/head.lock"), "");
    writeFileSync(join(mirror(), "objects/pack/tmp_pack_x"), "half");
    const pushed = pushHead({ "a.txt": "three\n", "b.txt": "b\n" });
    expect(await openAndClose(pushed)).toEqual(["a.txt"]);
    expect(packs()).toEqual(expect.arrayContaining([...kept]));
    expect(existsSync(join(mirror(), "objects/pack/tmp_pack_x"))).toBe(false);
  });
});

const usedAt = (repositoryId: number, seconds: number): void =>
  utimesSync(join(dir, "locks", `${repositoryId}.use`), seconds, seconds);
/** The same change of another repository. */
const of = (repositoryId: number): ChangeSource => ({ ...source, ref: { ...source.ref, repositoryId } });

describe("a folder that cannot hold mirrors", () => {
  it("is a failure that may pass, and no bug", async () => {
    const mirrors = testMirrors(dir);
    rmSync(join(dir, "locks"), { recursive: true });
    await expect(mirrors.open(source, access, signal)).rejects.toMatchObject({ kind: "disk", retryable: true });
  });
});

describe("the size limit", () => {
  it("costs the mirror that was used least recently, and never one in use", async () => {
    const [oldest, older] = [await open(of(1)), await open(of(2))];
    await older.close();
    usedAt(1, 100);
    usedAt(2, 200);
    const newest = await open(of(3), { maxBytes: 1 });
    await newest.close();
    expect([1, 2, 3].map((id) => existsSync(mirror(id)))).toEqual([true, false, false]);
    expect(await oldest.read("head", "a.txt", signal)).toMatchObject({ text: "two\n" });
    await oldest.close();
  });

  it("costs no more mirrors than it must", async () => {
    for (const id of [1, 2, 3]) {
      const trees = await open(of(id));
      await trees.close();
    }
    for (const id of [1, 2, 3]) usedAt(id, 100 * id);
    const names = readdirSync(mirror(1), { recursive: true }).map((name) => statSync(join(mirror(1), String(name))));
    const bytes = names.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0);
    const trees = await open(of(3), { maxBytes: 2.5 * bytes });
    await trees.close();
    expect([1, 2, 3].map((id) => existsSync(mirror(id)))).toEqual([false, true, true]);
  });
});

describe("forgetting a repository", () => {
  it("deletes its mirror and no other, when nobody reads it any more", async () => {
    const mirrors = testMirrors(dir);
    const trees = await mirrors.open(source, access, signal);
    const other = await mirrors.open({ ...source, ref: { ...source.ref, repositoryId: 8 } }, access, signal);
    const forgotten = mirrors.forget(7);
    expect(await trees.read("head", "a.txt", signal)).toMatchObject({ text: "two\n" });
    await trees.close();
    await forgotten;
    expect([existsSync(mirror(7)), existsSync(mirror(8))]).toEqual([false, true]);
    await other.close();
  });

  it("is nothing to do for a repository that was never read", async () => {
    await testMirrors(dir).forget(99);
    expect(existsSync(mirror(99))).toBe(false);
  });
});
