import { tmpdir } from "node:os";
import { extname } from "node:path";
import type { Candidate } from "../core/candidate.ts";
import type { AnalyzedFile, Analyzer } from "../review/ports.ts";
import { disarmBlanketComments } from "./disarm-comments.ts";
import type { OxlintRule } from "./oxlint-rule.ts";
import { oxlintConfig, ruleOfCode } from "./oxlint-rules.ts";
import { linesOf, quoteLine } from "./quote-line.ts";
import { isMinified, readableFiles } from "./readable-files.ts";
import { ruleCandidate } from "./rule-candidate.ts";
import { type OxlintDiagnostic, runOxlint } from "./run-oxlint.ts";

const limits = { file: 1024 * 1024, total: 32 * 1024 * 1024 };

const scripts = /\.(?:[cm]?[jt]s|[jt]sx)$/i;
const declarations = /\.d\.[cm]?ts$/i;
const tests = /(?:^|\/)__tests__\/|\.(?:test|spec)\.\w+$/i;

/**
 * JavaScript and TypeScript, by oxlint with rules of our own; no file of the repository configures it. It works in a
 * private folder below `temporary`.
 */
export function createOxlint(temporary: string = tmpdir()): Analyzer {
  return {
    name: "oxlint",
    readsIgnored: false,
    accepts: (path) => scripts.test(path) && !declarations.test(path),
    analyze: async (files, signal) => {
      const { files: fitting, unread } = readableFiles(files, limits);
      const minified = fitting.filter((file) => isMinified(file.text));
      const readable = fitting.filter((file) => !minified.includes(file));
      const byName = new Map(readable.map((file, index) => [plainName(file.path, index), file]));
      const texts = new Map([...byName].map(([name, file]) => [name, disarmBlanketComments(file.text)]));
      const diagnostics =
        byName.size === 0 ? [] : await runOxlint({ texts, config: oxlintConfig(), temporary }, signal);
      const broken = diagnostics.filter(({ code }) => code === undefined).map(({ filename }) => byName.get(filename));
      return {
        candidates: candidatesOf(diagnostics, byName),
        unread: [
          ...unread,
          ...minified.map(({ path }) => ({ path, reason: "oxlint does not read minified code" })),
          ...[...new Set(broken)]
            .filter((file) => file !== undefined)
            .map(({ path }) => ({ path, reason: "oxlint could not parse it" })),
        ],
      };
    },
  };
}

/**
 * Names of the change can be hostile, can be names of configuration files that oxlint would run, and differ in case
 * alone; so each file gets a number. Only what a rule goes by is kept: the extension, and whether it is a test.
 */
function plainName(path: string, index: number): string {
  return `${index}${tests.test(path) ? ".test" : ""}${extname(path).toLowerCase()}`;
}

function candidatesOf(
  diagnostics: readonly OxlintDiagnostic[],
  byName: ReadonlyMap<string, AnalyzedFile>,
): readonly Candidate[] {
  const candidates = diagnostics.map((diagnostic) => {
    const file = byName.get(diagnostic.filename);
    return file === undefined ? null : candidateOf(diagnostic, file);
  });
  return [...new Map(candidates.filter((found) => found !== null).map((found) => [found.id, found])).values()];
}

function candidateOf(diagnostic: OxlintDiagnostic, file: AnalyzedFile): Candidate | null {
  const found = ruleOfCode(diagnostic.code ?? "");
  // Of several labelled places the last is the one that clashes with those before it.
  const span = diagnostic.labels.map((label) => label.span).findLast(({ line }) => file.addedLines.has(line));
  if (found === null || span === undefined) return null;
  const line = linesOf(file.text)[span.line - 1] ?? "";
  const quote = quoteLine(line, span.column - 1);
  if (quote === null || !holdsAt(found.rule, file, line)) return null;
  return ruleCandidate({
    analyzer: "oxlint",
    rule: found.name,
    text: found.rule,
    path: file.path,
    startLine: span.line,
    line: span.line,
    quote,
    detail: diagnostic.message,
    replacement: null,
  });
}

function holdsAt(rule: OxlintRule, file: AnalyzedFile, line: string): boolean {
  if (rule.notInTests === true && tests.test(file.path)) return false;
  if (rule.unless?.test(file.text) === true) return false;
  return (rule.needs?.test(file.text) ?? true) && (rule.lines?.test(line) ?? true);
}
