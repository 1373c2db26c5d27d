import type { Analyzer } from "../../src/review/ports.ts";

/** Reports every added line of a ".fake" file that holds the word BUG. */
export function createFakeAnalyzer(): Analyzer {
  return {
    name: "fake",
    readsIgnored: false,
    accepts: (path) => path.endsWith(".fake"),
    analyze: async (files, signal) => {
      signal.throwIfAborted();
      const hits = files.flatMap((file) =>
        file.text
          .split("\n")
          .map((text, index) => ({ path: file.path, text, line: index + 1 }))
          .filter(({ text, line }) => text.includes("BUG") && file.addedLines.has(line)),
      );
      return { candidates: hits.map(candidateAt), unread: [] };
    },
  };
}

const candidateAt = ({ path, text, line }: { path: string; text: string; line: number }) => ({
  id: `fake:bug:${path}:${line}`,
  origin: { kind: "rule", analyzer: "fake", rule: "bug" } as const,
  title: "Remove the bug",
  body: "The line says of itself that it is wrong.",
  severity: "P2" as const,
  category: "correctness" as const,
  confidence: 0.9,
  path,
  side: "RIGHT" as const,
  startLine: line,
  line,
  quote: text,
  trigger: null,
  evidence: [],
  replacement: null,
  rule: null,
  premises: [],
});
