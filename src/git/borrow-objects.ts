import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitDirectory } from "./git-directory.ts";
import type { FoundRepository } from "./locate-repository.ts";
import { runGit } from "./run-git.ts";

/** An empty repository of ours that reads a user's objects and keeps new ones to itself. */
export interface BorrowedRepository {
  readonly directory: GitDirectory;
  readonly remove: () => Promise<void>;
}

/**
 * Makes a temporary repository beside a user's: whatever runs in it reads neither the user's configuration nor writes
 * into the user's folders.
 */
export const borrowObjects = async (repository: FoundRepository, signal: AbortSignal): Promise<BorrowedRepository> => {
  const folder = await mkdtemp(join(tmpdir(), "codex-review-local-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const directory: GitDirectory = {
    path: join(folder, "git"),
    outer: repository.directory.outer,
    variables: {
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quote(repository.objects),
      GIT_SHALLOW_FILE: repository.shallow ?? undefined,
    },
    settings: [],
  };
  try {
    const args = ["init", "--quiet", "--bare", "--template=", `--object-format=${repository.objectFormat}`];
    await runGit(directory, { args: [...args, directory.path], cwd: folder }, signal);
  } catch (error) {
    await remove();
    throw error;
  }
  return { directory, remove };
};

/** The list is divided by colons, which may stand in a path. */
const quote = (path: string): string =>
  `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
