import type { Guideline } from "./brief.ts";

/** In all; a longer set is cut, and says so. */
const maxBytes = 32 * 1024;

const encoder = new TextEncoder();

/** A character that was cut in the middle is left out: a decoder that expects more to come keeps it back. */
const decodeWhole = (bytes: Uint8Array): string => new TextDecoder().decode(bytes, { stream: true });

/** Where guidelines may stand for a change: at the root and in each folder on the way to a changed file, root first. */
export const guidelinePaths = (names: readonly string[], changedPaths: readonly string[]): readonly string[] => {
  const folders = new Set<string>([""]);
  for (const path of changedPaths) {
    const parts = path.split("/").slice(0, -1);
    for (const depth of parts.keys()) folders.add(`${parts.slice(0, depth + 1).join("/")}/`);
  }
  const ordered = [...folders].toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1));
  return [...new Set(ordered.flatMap((folder) => names.map((name) => `${folder}${name}`)))];
};

const depthOf = (folder: string): number => folder.split("/").length;

/**
 * Fits guideline files into 32 KiB. Within each, a section "Code Review Rules" or "Review guidelines" comes first; when
 * room runs out the deeper files, which win over the ones above them, are kept before the shallower ones; one for which
 * nothing is left stays as an empty text that was cut.
 */
export const assembleGuidelines = (
  texts: readonly { readonly path: string; readonly text: string }[],
): readonly Guideline[] => {
  let room = maxBytes;
  const fitted = texts.toReversed().map(({ path, text }): Guideline => {
    const bytes = encoder.encode(reviewSectionFirst(text));
    const kept = bytes.subarray(0, room);
    room -= kept.length;
    return { path, text: decodeWhole(kept), truncated: kept.length < bytes.length };
  });
  return fitted.toReversed();
};

const reviewHeading = /^(#{1,6})\s+(?:code review rules|review guidelines)\s*#*\s*$/im;

const reviewSectionFirst = (text: string): string => {
  const heading = reviewHeading.exec(text);
  if (heading === null) return text;
  const level = heading[1]?.length ?? 1;
  const after = text.slice(heading.index + heading[0].length);
  const next = new RegExp(`^#{1,${level}}\\s`, "m").exec(after);
  const end = heading.index + heading[0].length + (next?.index ?? after.length);
  const section = text.slice(heading.index, end).trimEnd();
  const rest = `${text.slice(0, heading.index).trimEnd()}\n\n${text.slice(end).trimStart()}`.trim();
  return rest === "" ? section : `${section}\n\n${rest}`;
};
