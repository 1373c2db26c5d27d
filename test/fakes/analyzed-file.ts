import type { AnalyzedFile } from "../../src/review/ports.ts";

/** A file as a change leaves it: by default new, with every line added. */
export function analyzedFile(
  path: string,
  text: string,
  more: { readonly baseText?: string; readonly addedLines?: readonly number[]; readonly ignored?: boolean } = {},
): AnalyzedFile {
  const all = text.split("\n").map((_, index) => index + 1);
  return {
    path,
    text,
    baseText: more.baseText ?? null,
    addedLines: new Set(more.addedLines ?? all),
    ignored: more.ignored ?? false,
  };
}
