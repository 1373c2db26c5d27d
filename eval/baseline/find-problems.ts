import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { severities } from "../../src/core/candidate.ts";
import { sha256Hex } from "../../src/core/sha256-hex.ts";
import { journaled } from "../../src/model/journal.ts";
import { askJson } from "../ask-json.ts";
import { git } from "../case/open-case.ts";
import { readPatch } from "../case/read-patch.ts";
import { createCommentable } from "../run/commentable-lines.ts";
import type { EvalCandidate, EvalResult } from "../run/result.ts";
import type { CaseSitting } from "../run/run-cases.ts";

const prompt = readFileSync(join(import.meta.dirname, "..", "baseline.md"), "utf8");

/** Changes with every word of the prompt. */
export const baselineVersion = `baseline-${sha256Hex(prompt).slice(0, 12)}`;

const problem = z.strictObject({
  path: z.string(),
  line: z.int(),
  severity: z.enum(severities),
  title: z.string(),
  body: z.string(),
});
type Problem = z.infer<typeof problem>;
const problems = z.strictObject({ problems: z.array(problem) });

/** The plain baseline's work on a case: one call with title, description and diff; what it lists counts as posted. */
export const createBaselineWork =
  (modelName: string) =>
  async (sitting: CaseSitting, signal: AbortSignal): Promise<EvalResult> => {
    const { evalCase, opened, journal } = sitting;
    const { dir, baseSha, headSha } = opened;
    const diff = git(dir, ["diff", "--no-color", "--no-ext-diff", `${baseSha}...${headSha}`]);
    const { value, usage } = await askJson(
      journaled({ model: sitting.model, journal, runId: evalCase.id }),
      {
        at: { stage: "baseline", conversation: "main" },
        promptVersion: baselineVersion,
        model: modelName,
        instructions: prompt,
        input: `Title: ${evalCase.title}\n\nDescription:\n${evalCase.body}\n\nDiff:\n${diff}`,
        name: "problems",
        schema: problems,
      },
      signal,
    );
    const isCommentable = createCommentable(diff);
    const candidates = value.problems.map((one, index) => toCandidate({ ...one, path: pathIn(diff, one.path) }, index));
    return {
      case: evalCase.id,
      headSha,
      candidates,
      posted: candidates.map((candidate) => ({
        ...placeOf(candidate),
        body: `**${candidate.severity} · ${candidate.title}**\n\n${candidate.body}`,
        candidate: candidate.id,
        validLine: isCommentable(candidate),
        suggestion: null,
      })),
      summary: "",
      coverage: [],
      notices: [],
      usage,
      seconds: sitting.seconds(),
      verdict: null,
      byPlace: 0,
    };
  };

/** A line that is none stands for none: a model that has no line to give says 0. */
const toCandidate = ({ line, path, ...said }: Problem, index: number): EvalCandidate => ({
  id: `p${index}`,
  origin: "baseline",
  ...said,
  category: "correctness",
  confidence: 1,
  path,
  side: "RIGHT",
  startLine: null,
  line: Math.max(1, line),
  quote: "",
  trigger: null,
  evidence: [],
  replacement: null,
  verdicts: [],
  standing: "line",
});

/** Some answer with the diff's "b/" before the path. */
const pathIn = (diff: string, path: string): string => {
  const paths = new Set(readPatch(diff).flatMap(({ oldPath, newPath }) => newPath ?? oldPath ?? []));
  const short = path.replace(/^[ab]\//, "");
  return !paths.has(path) && paths.has(short) ? short : path;
};

const placeOf = ({ path, side, startLine, line }: EvalCandidate) => ({ path, side, startLine, line: line ?? 1 });
