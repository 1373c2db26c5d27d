import { placeLine } from "../git/parse-patch.ts";
import type { PatchHunk, Side } from "../git/parse-patch.ts";
import { diffTrees } from "../git/pull-diff.ts";
import type { DiffFile, PullDiff } from "../git/pull-diff.ts";
import type { Thread } from "../state.ts";
import type { World } from "../world.ts";

/** Changed files by their old path, for one side of the pull request. */
type Moves = ReadonlyMap<string, DiffFile>;

const hunkLineAfter = (hunk: PatchHunk, line: number): number | null => {
  const index = line - hunk.leftStart;
  let left = -1;
  let right = hunk.rightStart - 1;
  for (const text of hunk.lines) {
    if (!text.startsWith("-") && !text.startsWith("\\")) right += 1;
    if (!text.startsWith("+") && !text.startsWith("\\")) left += 1;
    if (left === index && !text.startsWith("+")) return text.startsWith("-") ? null : right;
  }
  return null;
};

/** Where a line of the old file stands in the new one; null where it was changed. */
export function lineAfter(hunks: readonly PatchHunk[], line: number): number | null {
  let shift = 0;
  for (const hunk of hunks) {
    // A hunk that takes no line away names the line that it stands behind.
    const first = hunk.leftCount === 0 ? hunk.leftStart + 1 : hunk.leftStart;
    if (line < first) break;
    if (line < first + hunk.leftCount) return hunkLineAfter(hunk, line);
    shift += hunk.rightCount - hunk.leftCount;
  }
  return line + shift;
}

const moved = (moves: Moves, path: string, line: number): number | null => {
  const file = moves.get(path);
  if (file === undefined) return line;
  return file.path !== path || file.letter === "D" ? null : lineAfter(file.hunks, line);
};

const outdate = (thread: Thread): void => {
  thread.line = null;
  thread.startLine = null;
  thread.position = null;
};

function followThread(thread: Thread, diff: PullDiff, moves: Moves): void {
  if (thread.line === null) return;
  const line = moved(moves, thread.path, thread.line);
  const start = thread.startLine === null ? null : moved(moves, thread.path, thread.startLine);
  const hunks = diff.files.get(thread.path)?.hunks ?? [];
  const place = line === null ? null : placeLine(hunks, thread.side, line);
  const torn =
    thread.startLine !== null && (start === null || line === null || line - start !== thread.line - thread.startLine);
  if (line === null || place === null || torn) return outdate(thread);
  thread.line = line;
  thread.startLine = start;
  thread.position = place.position;
  thread.commitId = diff.head;
}

async function readMoves(world: World, gitDir: string, ends: readonly [string, string]): Promise<Moves> {
  if (ends[0] === ends[1]) return new Map();
  const files = await diffTrees(world.git, gitDir, ends);
  return new Map(files.map((file) => [file.previousPath ?? file.path, file]));
}

export interface Follow {
  readonly gitDir: string;
  readonly threads: readonly Thread[];
  readonly from: PullDiff;
  readonly to: PullDiff;
}

/** Carries threads over to the pull request's newer diff: a line that was changed or left the diff is outdated. */
export async function followThreads(world: World, { gitDir, threads, from, to }: Follow): Promise<void> {
  if (threads.length === 0) return;
  const [right, left] = await Promise.all([
    readMoves(world, gitDir, [from.head, to.head]),
    readMoves(world, gitDir, [from.mergeBase, to.mergeBase]),
  ]);
  const moves: Readonly<Record<Side, Moves>> = { RIGHT: right, LEFT: left };
  for (const thread of threads) followThread(thread, to, moves[thread.side]);
}
