import { git, gitFinds, type OpenedRepository } from "../case/open-case.ts";
import type { EvalCandidate } from "../run/result.ts";
import { fileAtHead } from "../run/to-result.ts";

/** What a judge is shown of the code, in characters. */
const limits = { ownDiff: 40_000, otherDiff: 40_000, wholeFile: 24_000, quotes: 8, names: 8, uses: 12 } as const;
const around = 120;
const aroundQuote = 20;

/** The parts of a repository that a claim is about, as titled texts: diff, head file, quoted code, uses of names. */
export const excerptsFor = (
  opened: OpenedRepository,
  claim: EvalCandidate,
): readonly { readonly title: string; readonly text: string }[] => [
  { title: `Diff of ${claim.path}`, text: cut(diffOf(opened, [claim.path]), limits.ownDiff) },
  {
    title: "Diff of the other files",
    text: cut(diffOf(opened, [".", `:(exclude,literal)${claim.path}`]), limits.otherDiff),
  },
  { title: `${claim.path} at the head`, text: ownFile(opened, claim) },
  ...quotedCode(opened, claim),
  { title: "Uses of the names in the comment, at the head", text: usesOfNames(opened, claim) },
];

const diffOf = ({ dir, baseSha, headSha }: OpenedRepository, paths: readonly string[]): string =>
  git(dir, ["diff", "--no-color", "--no-ext-diff", `${baseSha}...${headSha}`, "--", ...paths]);

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}\n[cut: ${text.length - length} more characters]`;

const ownFile = (opened: OpenedRepository, { path, line }: EvalCandidate): string => {
  const text = fileAtHead(opened, path);
  if (text === null) return "[there is no such file at the head]";
  if (text.length <= limits.wholeFile) return numbered(text.split("\n"), 1);
  return linesAround(text, line ?? 1, around);
};

const numbered = (lines: readonly string[], first: number): string =>
  lines.map((line, index) => `${String(first + index).padStart(5)} | ${line}`).join("\n");

const linesAround = (text: string, line: number, reach: number): string => {
  const first = Math.max(1, line - reach);
  return numbered(text.split("\n").slice(first - 1, line + reach), first);
};

/** Code of other places that the claim quotes, where the head has it. */
const quotedCode = (opened: OpenedRepository, { path, evidence }: EvalCandidate) =>
  evidence
    .filter((quoted) => quoted.path !== path)
    .slice(0, limits.quotes)
    .flatMap((quoted) => {
      const text = fileAtHead(opened, quoted.path);
      const line = text === null ? null : lineOf(text, quoted.quote);
      if (text === null || line === null) return [];
      return [{ title: `${quoted.path} at the head`, text: linesAround(text, line, aroundQuote) }];
    });

/** The first line of the file that holds the first line of the quote. */
const lineOf = (text: string, quote: string): number | null => {
  const wanted = quote.trim().split("\n")[0]?.trim() ?? "";
  const index = wanted === "" ? -1 : text.split("\n").findIndex((line) => line.includes(wanted));
  return index === -1 ? null : index + 1;
};

const usesOfNames = ({ dir, headSha }: OpenedRepository, { title, body }: EvalCandidate): string => {
  const names = [...`${title}\n${body}`.matchAll(/`([\w$.]+)(?:\(\))?`/g)]
    .map(([, name = ""]) => name.split(".").at(-1) ?? "")
    .filter((name) => name.length > 2);
  const uses = [...new Set(names)].slice(0, limits.names).map((name) => usesOf(dir, headSha, name));
  return uses.filter((text) => text !== "").join("\n\n") || "[none]";
};

const usesOf = (dir: string, headSha: string, name: string): string => {
  const found = gitFinds(dir, ["grep", "--no-color", "-n", "-I", "-F", "-w", "--max-count=6", "-e", name, headSha]);
  const lines = found.split("\n").filter((line) => line !== "");
  if (lines.length === 0) return "";
  const shown = lines.slice(0, limits.uses).map((line) => line.slice(headSha.length + 1, 300));
  const more = lines.length > limits.uses ? [`[${lines.length - limits.uses} more]`] : [];
  return [`${name}:`, ...shown, ...more].join("\n");
};
