import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { severities, type Severity } from "../../src/core/candidate.ts";

/** Lines of the head, 1-based and inclusive. */
export interface Place {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** A defect that the change is known to bring. */
export interface KnownFinding {
  /** Its number in the case's list: "k0", "k1". */
  readonly id: string;
  /** Null where the source of the case gives none. */
  readonly severity: Severity | null;
  /** Whether missing it counts against recall: P0-P2; of AACR-Bench every defect and security comment. */
  readonly counts: boolean;
  readonly text: string;
  /** The first place is the label's own; the remark is right at the others, too. */
  readonly places: readonly Place[];
}

/** A pull request with what is known about it. Only title, body and the commits may reach a reviewer. */
export interface EvalCase {
  readonly id: string;
  readonly language: string;
  readonly title: string;
  readonly body: string;
  readonly clean: boolean;
  readonly source:
    | { readonly kind: "bundle"; readonly path: string; readonly base: string; readonly head: string }
    | { readonly kind: "diff"; readonly path: string };
  readonly known: readonly KnownFinding[];
}

const id = z.string().regex(/^[\w.-]{1,100}$/, "a case's id is a file name");
const place = z
  .object({ path: z.string(), start_line: z.int(), end_line: z.int() })
  .transform(({ path, start_line: startLine, end_line: endLine }): Place => ({ path, startLine, endLine }));

const label = z.intersection(
  place,
  z.object({
    severity: z.enum(severities),
    bug: z.string(),
    trigger: z.string(),
    also_at: z.array(place).default([]),
  }),
);

const withRepository = z.object({
  id,
  language: z.string(),
  title: z.string(),
  body: z.string(),
  bundle: z.string(),
  base: z.string(),
  head: z.string(),
  clean: z.boolean(),
  findings: z.array(label),
});

const withDiff = z.object({
  id,
  language: z.string(),
  diff: z.string(),
  positives: z.array(
    z.object({
      path: z.string(),
      from_line: z.int(),
      to_line: z.int(),
      category: z.string(),
      note: z.string(),
    }),
  ),
});

const casesSchema = z.array(z.union([withRepository, withDiff]));

/** Reads `cases.json` of a folder; both of its forms are described in docs/quality.md. Throws where it does not fit. */
export const readCases = (folder: string): readonly EvalCase[] => {
  const text = readFileSync(join(folder, "cases.json"), "utf8");
  return casesSchema
    .parse(JSON.parse(text))
    .map((one) => ("diff" in one ? ofDiff(one, folder) : ofBundle(one, folder)));
};

const countedSeverities: ReadonlySet<Severity> = new Set(["P0", "P1", "P2"]);

const ofBundle = (one: z.infer<typeof withRepository>, folder: string): EvalCase => ({
  id: one.id,
  language: one.language,
  title: one.title,
  body: one.body,
  clean: one.clean,
  source: { kind: "bundle", path: resolve(folder, one.bundle), base: one.base, head: one.head },
  known: one.findings.map(({ severity, bug, trigger, also_at: elsewhere, path, startLine, endLine }, index) => ({
    id: `k${index}`,
    severity,
    counts: countedSeverities.has(severity),
    text: `${bug}\nTrigger: ${trigger}`,
    places: [{ path, startLine, endLine }, ...elsewhere],
  })),
});

/** Remarks on style and speed are right, too, but not what this reviewer is for: they are left out. */
const defectCategories = new Set(["Code Defect", "Security Vulnerability"]);

/** The benchmark's own words on the kind of change stay out; a title has to be something. */
const neutralTitle = "Proposed change";

const ofDiff = (one: z.infer<typeof withDiff>, folder: string): EvalCase => ({
  id: one.id,
  language: one.language,
  title: neutralTitle,
  body: "",
  clean: false,
  source: { kind: "diff", path: resolve(folder, one.diff) },
  known: one.positives
    .map((comment, index) => ({ comment, index }))
    .filter(({ comment }) => defectCategories.has(comment.category))
    .map(({ comment, index }) => ({
      id: `k${index}`,
      severity: null,
      counts: true,
      text: comment.note,
      places: [{ path: comment.path, startLine: comment.from_line, endLine: comment.to_line }],
    })),
});
