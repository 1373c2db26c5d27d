import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { candidateSchema, type Candidate } from "../../src/core/candidate.ts";
import type { FileCoverage } from "../../src/core/change.ts";
import type { SaidThread } from "../../src/core/evidence.ts";
import type { VerifierEvidence } from "../../src/core/verifier-evidence.ts";
import type { OwnComment } from "../../src/core/pull-request.ts";
import type { Notice } from "../../src/core/run.ts";
import type { FakeTree } from "./fake-tree.ts";
import { someCandidate } from "./judged.ts";

export interface GoldenCase {
  readonly base: FakeTree;
  readonly head: FakeTree;
  readonly renames: Readonly<Record<string, string>>;
  readonly candidates: readonly Candidate[];
  /** What the second reader says, by candidate; of the others it says nothing. */
  readonly verifier: Readonly<Record<string, VerifierEvidence>>;
  readonly threads: readonly SaidThread[];
  readonly ownComments: readonly OwnComment[];
  readonly coverage: readonly FileCoverage[];
  readonly notices: readonly Notice[];
  /** Attempts to steer the review, as the model quoted them. */
  readonly instructionsSeen: readonly string[];
  readonly verdict: string | null;
  readonly partial: boolean;
}

const quoted = z.array(z.strictObject({ path: z.string(), quote: z.string(), found: z.boolean() }));

const caseSchema = z.strictObject({
  renames: z.record(z.string(), z.string()).default({}),
  candidates: z.array(candidateSchema.partial().transform(withDefaults)),
  verifier: z.record(
    z.string(),
    z.strictObject({
      verdict: z.enum(["confirmed", "refuted", "unsure"]),
      reason: z.string(),
      quotes: quoted,
      introduced: z.boolean().default(true),
      worthFixing: z.enum(["yes", "minor", "no"]).default("yes"),
      earlier: z.null().default(null),
    }),
  ),
  threads: z
    .array(
      z.strictObject({
        threadId: z.string().nullable(),
        path: z.string(),
        startLine: z.int().nullable(),
        line: z.int().nullable(),
        side: z.enum(["LEFT", "RIGHT"]),
        isResolved: z.boolean(),
        author: z.enum(["self", "bot", "writer", "pull_request_author", "other"]),
        body: z.string(),
        fingerprints: z.array(z.string()),
        ownFinding: z.string().nullable().default(null),
        url: z.string(),
      }),
    )
    .default([]),
  ownComments: z.array(z.strictObject({ id: z.int(), nodeId: z.string(), body: z.string() })).default([]),
  coverage: z.array(
    z.strictObject({ path: z.string(), read: z.enum(["full", "partial", "none"]), reason: z.string().nullable() }),
  ),
  notices: z.array(z.strictObject({ kind: z.literal("partial"), text: z.string() })).default([]),
  instructionsSeen: z.array(z.string()).default([]),
  verdict: z.string().nullable(),
  partial: z.boolean().default(false),
});

/** Reads a case's folder: `case.json`, and both trees as files under `base` and `head`. */
export const readGoldenCase = (folder: string): GoldenCase => ({
  ...caseSchema.parse(JSON.parse(readFileSync(join(folder, "case.json"), "utf8"))),
  base: readTree(join(folder, "base")),
  head: readTree(join(folder, "head")),
});

const readTree = (folder: string): FakeTree =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );

/** A case names what matters for it; a candidate without a start stands on one line. */
function withDefaults(given: { readonly [K in keyof Candidate]?: Candidate[K] | undefined }): Candidate {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return candidateSchema.parse({ ...someCandidate({ startLine: null, line: null }), ...named });
}
