import { readBunLock } from "./bun-lock.ts";
import { readGemfileLock } from "./gemfile-lock.ts";
import { readGoSum } from "./go-sum.ts";
import { readComposerLock, readPipfileLock } from "./json-locks.ts";
import type { ReadLockFile } from "./lock-entry.ts";
import { readNpmLock } from "./npm-lock.ts";
import { readPnpmLock } from "./pnpm-lock.ts";
import { readCargoLock, readPoetryLock, readUvLock } from "./toml-locks.ts";
import { readYarnLock } from "./yarn-lock.ts";

const readers: ReadonlyMap<string, ReadLockFile> = new Map([
  ["bun.lock", readBunLock],
  ["cargo.lock", readCargoLock],
  ["composer.lock", readComposerLock],
  ["gemfile.lock", readGemfileLock],
  ["go.sum", readGoSum],
  ["npm-shrinkwrap.json", readNpmLock],
  ["package-lock.json", readNpmLock],
  ["pipfile.lock", readPipfileLock],
  ["pnpm-lock.yaml", readPnpmLock],
  ["poetry.lock", readPoetryLock],
  ["uv.lock", readUvLock],
  ["yarn.lock", readYarnLock],
]);

/** The reader for a lock file's name, null for a format that is not read. */
export function lockReader(path: string): ReadLockFile | null {
  return readers.get(path.slice(path.lastIndexOf("/") + 1).toLowerCase()) ?? null;
}
