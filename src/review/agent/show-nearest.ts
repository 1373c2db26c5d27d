import { splitLines } from "../../core/fold-space.ts";
import { showLine } from "../../core/show-lines.ts";

/** The lines most like a quote that was not found, exactly as they stand in the text; null where there are none. */
export const showNearest = (text: string, nearest: readonly { readonly line: number }[]): string | null => {
  const lines = splitLines(text);
  const shown = nearest.map(({ line }) => showLine({ number: line, mark: " ", text: lines[line - 1] ?? "" }));
  return shown.length === 0 ? null : shown.join("\n");
};
