import type { Candidate } from "../core/candidate.ts";
import type { AnalyzedFile, Analyzer } from "../review/ports.ts";
import { createAnalyzerProcess } from "./analyzer-process.ts";
import { disarmBlanketComments } from "./disarm-comments.ts";
import { linesOf, quoteLine } from "./quote-line.ts";
import { readableFiles } from "./readable-files.ts";
import { type RuleText, ruleCandidate } from "./rule-candidate.ts";
import { type RuffDiagnostic, type RuffInput, type RuffOutput, ruffOutputSchema } from "./ruff-protocol.ts";
import { ruffCodes, ruffRule } from "./ruff-rules.ts";

const limits = { file: 512 * 1024, total: 16 * 1024 * 1024 };

/** Python, by ruff with rules of our own; no file of the repository configures it. */
export function createRuff(): Analyzer {
  const check = createAnalyzerProcess<RuffInput, RuffOutput>({
    name: "ruff",
    script: "ruff-process",
    output: ruffOutputSchema,
    lengthOf: ({ files }) => files.reduce((sum, text) => sum + text.length, 0),
    isSpent: (output) => output.includes(null),
  });
  return {
    name: "ruff",
    readsIgnored: false,
    accepts: (path) => /\.py$/i.test(path),
    analyze: async (files, signal) => {
      const { files: readable, unread } = readableFiles(files, limits);
      if (readable.length === 0) return { candidates: [], unread };
      const texts = readable.map((file) => disarmBlanketComments(file.text));
      const results = await check({ codes: [...ruffCodes], files: texts }, signal);
      const read = readable.map((file, index) => ({ file, diagnostics: results[index] ?? null }));
      const broken = read.filter(({ diagnostics }) => diagnostics === null || diagnostics.some(isSyntaxError));
      const found = read.flatMap(({ file, diagnostics }) => candidatesOf(file, diagnostics ?? []));
      return {
        candidates: [
          ...found,
          ...(await newlyBroken(broken, async (before) => check({ codes: ["F821"], files: before }, signal))),
        ],
        unread: [...unread, ...broken.map(({ file }) => ({ path: file.path, reason: "ruff could not parse it" }))],
      };
    },
  };
}

interface Read {
  readonly file: AnalyzedFile;
  readonly diagnostics: readonly RuffDiagnostic[] | null;
}

const syntaxError: RuleText = {
  severity: "P1",
  category: "correctness",
  title: "Correct the syntax error",
  happens: "The file parsed before this change and does not parse any more: importing it raises a SyntaxError.",
};

/** The first syntax error of files that parsed before. New files may be templates or another dialect. */
async function newlyBroken(
  broken: readonly Read[],
  check: (files: string[]) => Promise<RuffOutput>,
): Promise<readonly Candidate[]> {
  const known = broken.filter(({ file }) => file.baseText !== null);
  if (known.length === 0) return [];
  const before = await check(known.map(({ file }) => file.baseText ?? ""));
  return known.flatMap(({ file, diagnostics }, index) => {
    const parsed = before[index]?.some(isSyntaxError) === false;
    const first = diagnostics?.find(isSyntaxError);
    if (!parsed || first === undefined) return [];
    const candidate = candidateAt({ file, diagnostic: first, rule: "invalid-syntax", text: syntaxError });
    return candidate === null ? [] : [candidate];
  });
}

function isSyntaxError({ code }: RuffDiagnostic): boolean {
  return code === "invalid-syntax";
}

function candidatesOf(file: AnalyzedFile, diagnostics: readonly RuffDiagnostic[]): readonly Candidate[] {
  const candidates = diagnostics.flatMap((diagnostic) => {
    const rule = ruffRule(diagnostic.code ?? "");
    if (rule === null || rule.unlessMessage?.test(diagnostic.message) === true) return [];
    const candidate = candidateAt({ file, diagnostic, rule: diagnostic.code ?? "", text: rule });
    return candidate === null ? [] : [candidate];
  });
  return [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()];
}

function candidateAt(at: {
  readonly file: AnalyzedFile;
  readonly diagnostic: RuffDiagnostic;
  readonly rule: string;
  readonly text: RuleText;
}): Candidate | null {
  const { row, column } = at.diagnostic.start_location;
  const quote = quoteLine(linesOf(at.file.text)[row - 1] ?? "", column - 1);
  if (quote === null || !at.file.addedLines.has(row)) return null;
  return ruleCandidate({
    analyzer: "ruff",
    rule: at.rule,
    text: at.text,
    path: at.file.path,
    startLine: row,
    line: row,
    quote,
    detail: at.diagnostic.message,
    replacement: null,
  });
}
