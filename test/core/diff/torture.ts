import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

const entrySchema = z.object({
  path: z.string(),
  status: z.string(),
  old_path: z.string().optional(),
  old_mode: z.string().optional(),
  new_mode: z.string().optional(),
  binary: z.boolean().optional(),
  additions: z.number().nullable().optional(),
  deletions: z.number().nullable().optional(),
});
type TortureEntry = z.infer<typeof entrySchema>;

const manifestSchema = z.object({
  diffs: z.array(
    z.object({
      file: z.string(),
      what: z.string(),
      files: z.number(),
      additions: z.number().nullable(),
      deletions: z.number().nullable(),
      binary_files: z.number(),
      entries: z.array(entrySchema),
    }),
  ),
});

const folder = new URL("../../fixtures/diffs/", import.meta.url);

export const tortureDiffs = manifestSchema.parse(
  JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")),
).diffs;
export type TortureDiff = (typeof tortureDiffs)[number];

export const isCombined = (diff: TortureDiff): boolean => diff.additions === null;

export const patchOf = ({ file }: TortureDiff): Buffer => {
  const bytes = readFileSync(new URL(file, folder));
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
};

/** What git prints before the patch: the list in `--raw --numstat -z`, made from the manifest, then a NUL. */
export const listOf = (diff: TortureDiff, patch = patchOf(diff)): Buffer => {
  const ids = blobIdsOf(patch).values();
  const raw = diff.entries.map((entry) => `${rawHead(entry, ids)}\0${pathsOf(entry)}\0`);
  const counts = diff.entries.map((entry) => {
    const numbers = entry.binary === true ? "-\t-" : `${entry.additions ?? 0}\t${entry.deletions ?? 0}`;
    return `${numbers}\t${entry.old_path === undefined ? "" : "\0"}${pathsOf(entry)}\0`;
  });
  return Buffer.from(diff.entries.length === 0 ? "" : [...raw, ...counts, "\0"].join(""));
};

const pathsOf = ({ old_path, path }: TortureEntry): string => (old_path === undefined ? path : `${old_path}\0${path}`);

/** The manifest does not name blobs, so they are read from the index lines of the patch, section by section. */
const blobIdsOf = (patch: Buffer): readonly (readonly [old: string, new: string])[] =>
  patch
    .toString("latin1")
    .split(/(?:^|\n)diff (?=--)/)
    .slice(1)
    .map((section) => {
      const [, left = "0", right = "0"] = /\nindex ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(section) ?? [];
      return [left, right];
    });

const rawHead = (entry: TortureEntry, ids: Iterator<readonly [string, string]>): string => {
  const letter = entry.status.slice(0, 1);
  const [oldId, id] = ids.next().value ?? ["0", "0"];
  const newId = letter === "T" ? (ids.next().value?.[1] ?? "0") : id;
  const score = entry.old_path === undefined ? "" : "090";
  return `:${entry.old_mode ?? "100644"} ${entry.new_mode ?? "100644"} ${oldId} ${newId} ${letter}${score}`;
};
