import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const place = z.object({ path: z.string(), start_line: z.int(), end_line: z.int() });

const labelSchema = place.extend({
  severity: z.enum(["P0", "P1", "P2", "P3"]),
  bug: z.string(),
  trigger: z.string(),
  checked: z.string(),
  also_at: z.array(place).optional(),
});
export type CaseLabel = z.infer<typeof labelSchema>;

const caseSchema = z.object({
  id: z.string(),
  language: z.string(),
  title: z.string(),
  body: z.string(),
  bundle: z.string(),
  base: z.string(),
  head: z.string(),
  files_changed: z.int(),
  changed_lines: z.int(),
  clean: z.boolean(),
  findings: z.array(labelSchema),
});

const folder = fileURLToPath(new URL("../../eval/cases/", import.meta.url));
const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")));

export const caseIds = cases.map(({ id }) => id);

/** A real pull request as its reviewer may see it. Labels and id are not in it: both say what is wrong. */
export interface OpenedCase {
  /** A bare repository with the branches `base` and `head`. */
  readonly dir: string;
  readonly baseSha: string;
  readonly headSha: string;
  readonly title: string;
  readonly body: string;
  readonly remove: () => void;
}

/** Clones a case's bundle into a temporary bare repository. */
export const openCase = (id: string): OpenedCase => {
  const { bundle, base, head, title, body } = caseOf(id);
  const root = mkdtempSync(join(tmpdir(), "codex-review-case-"));
  const dir = join(root, "repository.git");
  const env = { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  execFileSync("git", ["clone", "--quiet", "--bare", join(folder, bundle), dir], { env });
  return {
    dir,
    baseSha: base,
    headSha: head,
    title,
    body,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** What is known about a case, for scoring a review that is done. */
export const caseLabels = (id: string) => {
  const { clean, language, findings, files_changed: files, changed_lines: lines } = caseOf(id);
  return { clean, language, findings, files, lines };
};

const caseOf = (id: string): z.infer<typeof caseSchema> => {
  const found = cases.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
};
