import { contradictionOf, type SeenFile } from "../core/contradiction.ts";
import type { Contradiction, FactEvidence, Judged, LineRange } from "../core/evidence.ts";
import { factClaimsOf, type FactClaim } from "../core/fact-claim.ts";
import { splitLines } from "../core/fold-space.ts";
import { rangeOf } from "../core/range-of.ts";
import { isTestPath } from "../core/test-path.ts";
import type { ChangeTrees, Syntax } from "./ports.ts";

export interface FactDeps {
  readonly trees: Pick<ChangeTrees, "read" | "grep">;
  readonly syntax: Pick<Syntax, "uses">;
}

/** In each of them the name is parsed for; what stands beyond is not looked at. */
const mostFiles = 20;
const mostMatches = 200;

/** Looks up in the head what the agent's claims say of names: defined, imported, awaited, used, tested, there at all. */
export const lookUpFacts = async (
  deps: FactDeps,
  judged: readonly Judged[],
  signal: AbortSignal,
): Promise<readonly Judged[]> => {
  const looked: Judged[] = [];
  for (const one of judged) {
    const claims = one.candidate.origin.kind === "agent" ? factClaimsOf(one.candidate) : [];
    const facts: FactEvidence[] = [];
    for (const claim of claims)
      facts.push({ claim, contradiction: await contradict(deps, { claim, range: rangeOf(one) }, signal) });
    looked.push(facts.length === 0 ? one : { ...one, evidence: { ...one.evidence, facts } });
  }
  return looked;
};

const contradict = async (
  deps: FactDeps,
  { claim, range }: { readonly claim: FactClaim; readonly range: LineRange | null },
  signal: AbortSignal,
): Promise<Contradiction | null> => {
  if (claim.kind === "no_file") return existing(deps, claim.name, signal);
  if (range === null || range.side === "LEFT") return null;
  const file = await seenFile(deps, { path: range.path, name: claim.name }, signal);
  if (file === null) return null;
  const others = await othersOf(deps, { claim, range }, signal);
  return contradictionOf({ claim, range, file, others });
};

const existing = async ({ trees }: FactDeps, path: string, signal: AbortSignal): Promise<Contradiction | null> => {
  const content = await trees.read("head", path, signal);
  return content.kind === "text" ? { path, line: 1, text: splitLines(content.text)[0]?.trim() ?? "" } : null;
};

/** Null where there is no such text, or no grammar for it. */
const seenFile = async (
  { trees, syntax }: FactDeps,
  { path, name }: { readonly path: string; readonly name: string },
  signal: AbortSignal,
): Promise<SeenFile | null> => {
  const content = await trees.read("head", path, signal);
  if (content.kind !== "text" || content.truncated) return null;
  const uses = await syntax.uses(path, content.text, name);
  return uses === null ? null : { path, lines: splitLines(content.text), uses };
};

const othersOf = async (
  deps: FactDeps,
  { claim, range }: { readonly claim: FactClaim; readonly range: LineRange },
  signal: AbortSignal,
): Promise<readonly SeenFile[]> => {
  if (claim.kind !== "unused" && claim.kind !== "untested") return [];
  const found = await deps.trees.grep(
    {
      at: "head",
      pattern: claim.name,
      fixed: true,
      ignoreCase: false,
      globs: [],
      contextLines: 0,
      maxMatches: mostMatches,
    },
    signal,
  );
  if ("invalid" in found) return [];
  const wantsTests = claim.kind === "untested";
  const paths = [...new Set(found.matches.map(({ path }) => path))].filter(
    (path) => path !== range.path && isTestPath(path) === wantsTests,
  );
  const seen: SeenFile[] = [];
  for (const path of paths.slice(0, mostFiles)) {
    const file = await seenFile(deps, { path, name: claim.name }, signal);
    if (file !== null) seen.push(file);
  }
  return seen;
};
