import type { ChangedFile, HunkLine } from "./change.ts";
import { isLockFile } from "./lock-file.ts";
import { describeFile, showDiff } from "./show-diff.ts";

export interface ShownChange {
  readonly text: string;
  /** Path → the lines of its diff that stand in the text. */
  readonly shown: ReadonlyMap<string, readonly HunkLine[]>;
}

const leastShare = 800;

/**
 * The diffs of all files as far as `maxChars` go: small files whole, the rest of the space in equal shares to the big
 * ones. What does not fit is named with its counts. Lock files are only named.
 */
export const showChange = (files: readonly ChangedFile[], maxChars: number): ShownChange => {
  const wanted = files.map((file) => (isLockFile(file.path) ? 0 : showDiff(file, { maxChars }).text.length + 1));
  const shares = shareOut(wanted, maxChars);
  const parts = files.map((file, index) => showPart(file, { want: wanted[index] ?? 0, share: shares[index] ?? 0 }));
  return {
    text: parts.map(({ text }) => text).join("\n\n"),
    shown: new Map(parts.map(({ path, shown }) => [path, shown])),
  };
};

const showPart = (file: ChangedFile, { want, share }: { readonly want: number; readonly share: number }) => {
  const head = `### ${describeFile(file)}`;
  if (share === 0 || (share < want && share < leastShare))
    return { path: file.path, text: `${head}\n[not shown here: read it with diff]`, shown: [] };
  const { text, shown, cutAt } = showDiff(file, { maxChars: share });
  const cut = cutAt === null ? "" : `\n[cut at line ${cutAt}: read the rest with diff, from_line ${cutAt}]`;
  return { path: file.path, text: `${head}\n${text}${cut}`, shown };
};

/** Gives everyone what they want where that is little, and equal shares of what is left to the others. */
export const shareOut = (wanted: readonly number[], total: number): readonly number[] => {
  const ascending = wanted.map((want, index) => ({ want, index })).toSorted((a, b) => a.want - b.want);
  const shares = wanted.map(() => 0);
  let left = total;
  ascending.forEach(({ want, index }, rank) => {
    const share = Math.min(want, Math.floor(left / (ascending.length - rank)));
    shares[index] = share;
    left -= share;
  });
  return shares;
};
