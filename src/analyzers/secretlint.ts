import { maskSecrets } from "../core/mask-secrets.ts";
import type { Candidate } from "../core/candidate.ts";
import type { AnalyzedFile, Analyzer } from "../review/ports.ts";
import { createAnalyzerProcess } from "./analyzer-process.ts";
import { readableFiles } from "./readable-files.ts";
import { type RuleText, ruleCandidate } from "./rule-candidate.ts";
import { secretKind } from "./secret-kinds.ts";
import { type FoundSecret, type SecretInput, type SecretOutput, secretOutputSchema } from "./secret-protocol.ts";

const limits = { file: 4 * 1024 * 1024, total: 32 * 1024 * 1024 };

/** Secrets in any file, ignored ones too, by secretlint. Neither candidates nor errors hold a secret. */
export function createSecretlint(): Analyzer {
  const ask = createAnalyzerProcess<SecretInput, SecretOutput>({
    name: "secretlint",
    script: "secret-process",
    output: secretOutputSchema,
    lengthOf: (input) => input.reduce((sum, { text }) => sum + text.length, 0),
    isSpent: () => false,
  });
  return {
    name: "secretlint",
    readsIgnored: true,
    accepts: () => true,
    analyze: async (files, signal) => {
      const { files: readable, unread } = readableFiles(files, limits);
      if (readable.length === 0) return { candidates: [], unread };
      const input = readable.map(({ path, text }) => ({ name: path.slice(path.lastIndexOf("/") + 1), text }));
      const found = await ask(input, signal);
      return { candidates: readable.flatMap((file, index) => candidatesOf(file, found[index] ?? [])), unread };
    },
  };
}

function candidatesOf(file: AnalyzedFile, secrets: readonly FoundSecret[]): readonly Candidate[] {
  const lines = placedLines(file.text);
  const candidates = secrets.flatMap((secret) => {
    const text = file.text.slice(secret.start, secret.end);
    const what = secretKind(secret, text);
    const line = lines.find((placed) => file.addedLines.has(placed.number) && showsSecret(placed, secret));
    if (what === null || line === undefined || file.baseText?.includes(text) === true) return [];
    return [secretCandidate(file.path, { line, what, rule: secret.kind, quote: quoteBeside(line, secrets) })];
  });
  return [...new Map(candidates.map((candidate) => [candidate.startLine, candidate])).values()];
}

interface PlacedLine {
  readonly number: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function placedLines(text: string): readonly PlacedLine[] {
  let start = 0;
  return text.split("\n").map((line, index) => {
    const placed = { number: index + 1, text: line.replace(/\r$/, ""), start, end: start + line.length };
    start = placed.end + 1;
    return placed;
  });
}

/** A service account's key is found as the whole file; what is secret there is one line. */
function showsSecret(line: PlacedLine, secret: FoundSecret): boolean {
  if (line.end <= secret.start || line.start >= secret.end || line.text.trim() === "") return false;
  return secret.kind !== "gcp" || /private_key"/.test(line.text);
}

/** The longest part of a line without any secret; where the line is nothing else, the first letters, which say its kind. */
function quoteBeside(line: PlacedLine, secrets: readonly FoundSecret[]): string {
  const longest = partsBeside(line, secrets)
    .map((part) => part.trim())
    .filter((part) => maskSecrets(part) === part)
    .reduce((best, part) => (part.length > best.length ? part : best), "");
  return longest === "" ? line.text.trim().slice(0, shownOfSecret) : longest.slice(0, longestQuote);
}

const shownOfSecret = 4;
const longestQuote = 1000;

function partsBeside(line: PlacedLine, secrets: readonly FoundSecret[]): readonly string[] {
  const inside = secrets
    .filter(({ kind, start, end }) => kind !== "gcp" && start < line.end && end > line.start)
    .toSorted((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of inside) {
    parts.push(line.text.slice(at, Math.max(at, start - line.start)));
    at = Math.max(at, end - line.start);
  }
  return [...parts, line.text.slice(at)];
}

function secretCandidate(
  path: string,
  found: { readonly line: PlacedLine; readonly what: string; readonly rule: string; readonly quote: string },
): Candidate {
  const { number } = found.line;
  const place = { path, startLine: number, line: number, quote: found.quote };
  return ruleCandidate({
    analyzer: "secretlint",
    rule: found.rule,
    text: { ...secretText(found.what), severity: severityOf(path, found.rule) },
    ...place,
    detail: null,
    replacement: null,
  });
}

function secretText(what: string): Omit<RuleText, "severity"> {
  return {
    category: "security",
    title: "Revoke the secret and take it out of the code",
    happens:
      `This line holds ${what} in plain text. Everybody who can read the repository or a copy of it can use it, also ` +
      "after the line is removed, because the history keeps it: revoke it and read the new one from a secret store.",
  };
}

const samples =
  /(?:^|\/)(?:_?fixtures?|tests?|__tests__|specs?|testdata|mocks?|examples?|docs?)\/|[._-](?:test|spec)\.\w+$/i;

/** Certificates for tests have private keys of their own by design; a service's token is seldom meant to be there. */
function severityOf(path: string, rule: string): RuleText["severity"] {
  if (!samples.test(path)) return "P0";
  return rule === "privatekey" ? "P3" : "P1";
}
