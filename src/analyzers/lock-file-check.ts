import type { Candidate } from "../core/candidate.ts";
import type { AnalyzedFile, Analyzer, AnalyzerReport } from "../review/ports.ts";
import { type FoundFault, type LockFault, lockFaults } from "./lock-files/lock-faults.ts";
import { lockReader } from "./lock-files/lock-readers.ts";
import { linesOf, quoteLine } from "./quote-line.ts";
import { readableFiles } from "./readable-files.ts";
import { type RuleText, ruleCandidate } from "./rule-candidate.ts";

const limits = { file: 16 * 1024 * 1024, total: 64 * 1024 * 1024 };

/** Lock files: where packages come from and whether their checksums hold, compared with the base. */
export function createLockFileCheck(): Analyzer {
  return {
    name: "lock-file",
    readsIgnored: true,
    accepts: (path) => lockReader(path) !== null,
    analyze: async (files, signal) => {
      signal.throwIfAborted();
      const { files: readable, unread } = readableFiles(files, limits);
      const reports = readable.map(checkFile);
      return {
        candidates: reports.flatMap(({ candidates }) => candidates),
        unread: [...unread, ...reports.flatMap((report) => report.unread)],
      };
    },
  };
}

function checkFile(file: AnalyzedFile): AnalyzerReport {
  const read = lockReader(file.path);
  const head = read?.(file.text) ?? [];
  const base = file.baseText === null ? null : (read?.(file.baseText) ?? []);
  // A lock file of a project without packages is short; a long one without any was not written by its tool.
  if (head.length === 0 && file.text.length > 1000)
    return { candidates: [], unread: [{ path: file.path, reason: "it is not laid out as its tool writes it" }] };
  const faults = lockFaults({ path: file.path, base, head, addedLines: file.addedLines });
  return { candidates: faults.flatMap((found) => candidateOf(file, found) ?? []), unread: [] };
}

function candidateOf(file: AnalyzedFile, { fault, entry, also }: FoundFault): Candidate | null {
  const quote = quoteLine(linesOf(file.text)[entry.line - 1] ?? "", 0);
  if (quote === null) return null;
  const more = also === 0 ? "" : `, and ${also} more package${also === 1 ? "" : "s"}`;
  return ruleCandidate({
    analyzer: "lock-file",
    rule: fault,
    text: texts[fault],
    path: file.path,
    startLine: entry.line,
    line: entry.line,
    quote,
    detail: `\`${entry.name}\`${placeOf(entry.source)}${more}`,
    replacement: null,
  });
}

function placeOf(source: FoundFault["entry"]["source"]): string {
  if (source.kind === "git") return ` from \`${source.url}\``;
  if (source.kind === "file") return ` from \`${source.path}\``;
  return source.kind === "registry" && source.origin !== null ? ` from \`${source.origin}\`` : "";
}

const texts: Readonly<Record<LockFault, RuleText>> = {
  "plain-http": {
    severity: "P1",
    category: "security",
    title: "Fetch packages over https",
    happens: "The package comes over plain http, so anybody on the way can put another one in its place.",
  },
  registry: {
    severity: "P1",
    category: "security",
    title: "Confirm the new package registry",
    happens:
      "The package comes from a host that no package of this lock file came from before. Whoever runs that host decides " +
      "what is installed; a lock file made against a private mirror also fails for everybody without access to it.",
    confidence: 0.8,
  },
  git: {
    severity: "P2",
    category: "security",
    title: "Confirm the package from a git repository",
    happens:
      "The package comes straight from a git repository now and not from a registry: what is installed was never " +
      "published there, and it is gone when the repository is.",
    confidence: 0.7,
  },
  file: {
    severity: "P1",
    category: "compatibility",
    title: "Replace the package from a local path",
    happens: "The path lies outside of the repository, so installing fails on every machine that does not have it.",
  },
  "integrity-missing": {
    severity: "P2",
    category: "security",
    title: "Restore the package's checksum",
    happens: "The entry has no checksum, so an installation accepts whatever the registry sends.",
    confidence: 0.8,
  },
  "integrity-changed": {
    severity: "P1",
    category: "security",
    title: "Explain the changed checksum",
    happens:
      "The same version of the package from the same registry has another checksum than before. Published versions do " +
      "not change: either the package was replaced or the lock file was edited.",
    confidence: 0.8,
  },
};
