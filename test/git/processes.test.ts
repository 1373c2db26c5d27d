import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tryLock, waitForLock } from "../../src/git/file-lock.ts";
import type { GitWorld } from "./git-world.ts";
import { createGitWorld, temporaryFolder } from "./git-world.ts";
import { realClock, sourceOf, testMirrors } from "./open-world.ts";

const signal = new AbortController().signal;
const program = fileURLToPath(new URL("../setup/hold-mirror.ts", import.meta.url));

let world: GitWorld;
let dir: string;
let commits: { headSha: string; baseSha: string };
let children: ChildProcessWithoutNullStreams[] = [];

beforeAll(() => {
  world = createGitWorld();
  const baseSha = world.commit({ "a.txt": "one\n" }, { subject: "base" });
  const headSha = world.commit({ "a.txt": "two\n" }, { subject: "head", parents: [baseSha] });
  commits = { headSha, baseSha };
});
afterAll(() => world.remove());
beforeEach(() => {
  dir = temporaryFolder("processes");
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  rmSync(dir, { recursive: true, force: true });
});

const start = (): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, [program, JSON.stringify({ dir, url: world.url, ...commits })]);
  child.stderr.pipe(process.stderr);
  children.push(child);
  return child;
};
const opened = async (child: ChildProcessWithoutNullStreams): Promise<string> => {
  const [line]: Buffer[] = await once(child.stdout, "data");
  return String(line);
};

/** Opens another repository under a limit that leaves no room for any mirror. */
const evictAll = async (): Promise<void> => {
  const trees = await testMirrors(dir, { maxBytes: 1 }).open(
    sourceOf(commits, { repositoryId: 8 }),
    { url: world.url, authorization: null },
    signal,
  );
  utimesSync(join(dir, "locks", "7.use"), 1, 1);
  await trees.close();
};

describe("several processes on one folder of mirrors", () => {
  it("build one mirror together and all read it", async () => {
    const all = [start(), start(), start()];
    expect(await Promise.all(all.map(opened))).toEqual(["a.txt\n", "a.txt\n", "a.txt\n"]);
    for (const child of all) child.stdin.end();
    const codes = await Promise.all(all.map((child) => once(child, "close")));
    expect(codes.map(([code]) => code)).toEqual([0, 0, 0]);
  });

  it("keep a mirror from eviction while one of them reads, until that dies", async () => {
    const child = start();
    await opened(child);
    await evictAll();
    expect(existsSync(join(dir, "7.git"))).toBe(true);
    child.kill("SIGKILL");
    await once(child, "close");
    await evictAll();
    expect(existsSync(join(dir, "7.git"))).toBe(false);
  });
});

describe("a file lock", () => {
  it("is shared by readers and excludes writers, also within one process", () => {
    const file = join(dir, "lock");
    const readers = [tryLock(file, "shared"), tryLock(file, "shared")];
    expect(readers.every((lock) => lock !== null)).toBe(true);
    expect(tryLock(file, "exclusive")).toBeNull();
    for (const lock of readers) lock?.release();
    const writer = tryLock(file, "exclusive");
    expect(writer).not.toBeNull();
    expect(tryLock(file, "shared")).toBeNull();
    expect(tryLock(file, "exclusive")).toBeNull();
    writer?.release();
    expect(tryLock(file, "shared")).not.toBeNull();
  });

  it("is waited for until it is free", async () => {
    const wish = { file: join(dir, "lock"), mode: "exclusive", clock: realClock } as const;
    const first = await waitForLock(wish, signal);
    const second = waitForLock(wish, signal);
    first.release();
    (await second).release();
    expect(tryLock(wish.file, "exclusive")).not.toBeNull();
  });

  it("is not waited for after an abort", async () => {
    const wish = { file: join(dir, "lock"), mode: "exclusive", clock: realClock } as const;
    const held = await waitForLock(wish, signal);
    const controller = new AbortController();
    const waiting = waitForLock(wish, controller.signal);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    held.release();
  });
});
