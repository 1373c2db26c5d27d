import type { ChangedFile } from "../../core/change.ts";
import type { FileHistory } from "../../core/surroundings.ts";
import type { ChangeTrees } from "../ports.ts";

/** What earlier commits did to the changed files. */
export interface ChangeHistory {
  readonly files: readonly FileHistory[];
  /** Changed files of which a commit was taken back, by the subject of the commit that did it. */
  readonly reverted: ReadonlySet<string>;
}

export const noHistory: ChangeHistory = { files: [], reverted: new Set() };

const mostFiles = 60;
const mostCommits = 150;
const shownCommits = 3;
const timeoutMs = 1500;

/** `Revert "…"` is git's own subject; others write `revert: …` or `fix!: revert …`. */
const revertSubject = /^(?:[\w-]+(?:\([^)]*\))?!?:\s*)?revert/i;

/** Asks git once for the newest commits that touched the most changed files; a deep history is read as far as time goes. */
export const readHistory = async (
  trees: ChangeTrees,
  files: readonly ChangedFile[],
  signal: AbortSignal,
): Promise<ChangeHistory> => {
  const asked = files
    .filter(({ status }) => status !== "added")
    .toSorted((a, b) => b.additions + b.deletions - (a.additions + a.deletions))
    .slice(0, mostFiles);
  const paths = asked.map(pathAtBase);
  const commits = await trees.commitsTouching({ paths, max: mostCommits, timeoutMs }, signal);
  const reverts = commits.filter(({ subject }) => revertSubject.test(subject));
  const undone = new Set(reverts.flatMap((commit) => commit.paths));
  return {
    reverted: new Set(asked.filter((file) => undone.has(pathAtBase(file))).map(({ path }) => path)),
    files: asked
      .map((file) => ({
        path: file.path,
        commits: commits
          .filter((commit) => commit.paths.includes(pathAtBase(file)))
          .slice(0, shownCommits)
          .map(({ sha, date, subject }) => ({ sha, date, subject })),
      }))
      .filter((history) => history.commits.length > 0),
  };
};

const pathAtBase = ({ path, oldPath }: ChangedFile): string => oldPath ?? path;
