import type { AnalyzedFile, AnalyzerReport } from "../review/ports.ts";

/** Lengths in UTF-16 units: of one text, and of all texts in one run of an analyzer. */
export interface ReadingLimits {
  readonly file: number;
  readonly total: number;
}

export interface Reading {
  readonly files: readonly AnalyzedFile[];
  readonly unread: AnalyzerReport["unread"];
}

/** Files that fit into the limits, in order; the others with the reason. Files without an added line need no reading. */
export function readableFiles(files: readonly AnalyzedFile[], limits: ReadingLimits): Reading {
  const readable: AnalyzedFile[] = [];
  const unread: { path: string; reason: string }[] = [];
  let total = 0;
  for (const file of files) {
    if (file.addedLines.size === 0) continue;
    const { length } = file.text;
    if (length > limits.file) unread.push({ path: file.path, reason: tooLong("file", limits.file) });
    else if (total + length > limits.total) unread.push({ path: file.path, reason: tooLong("change", limits.total) });
    else {
      total += length;
      readable.push(file);
    }
  }
  return { files: readable, unread };
}

function tooLong(what: "file" | "change", limit: number): string {
  const kilo = Math.round(limit / 1024).toLocaleString("en");
  return `the ${what} is longer than the ${kilo} KiB that are analyzed`;
}

const longestAverageLine = 300;

/** Whether a text looks like the output of a bundler or minifier: few lines and long ones, which nobody wrote. */
export function isMinified(text: string): boolean {
  const lines = text.split("\n").length;
  return text.length / lines > longestAverageLine && text.length > 10 * longestAverageLine;
}
