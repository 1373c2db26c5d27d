import type { Severity } from "../candidate.ts";
import { findingText } from "../comment-body.ts";
import { countOf } from "../count-of.ts";
import type { Finding } from "../finding.ts";
import { placeLink, type Blobs } from "../finding-place.ts";
import { safeCell, safeLine } from "../safe-markdown.ts";
import { fitEntries, fitText, foldedPart, room } from "./fit-entries.ts";

const noun = { one: "finding", many: "findings" } as const;

/** The findings on lines, one row each. */
export const findingTable = (onLines: readonly Finding[], blobs: Blobs): string => {
  if (onLines.length === 0) return "";
  const rows = onLines.map((finding) => {
    const { severity, title } = finding.candidate;
    return `| ${severity} | ${safeCell(title, 120)} | ${placeLink(finding, blobs)} |`;
  });
  const { shown, cut } = fitEntries(rows, room.table, noun);
  const table = ["| | Finding | Where |", "| --- | --- | --- |", ...shown].join("\n");
  return cut === "" ? table : `${table}\n\n${cut}`;
};

/** Each finding on lines in full, for where there are no line comments; long ones are shortened so that all fit. */
export const fullFindings = (onLines: readonly Finding[], blobs: Blobs): string => {
  const bodyChars = Math.max(100, Math.floor(room.full / Math.max(1, onLines.length)) - 300);
  const entries = onLines.map((finding) =>
    [...findingText(finding, bodyChars), placeLink(finding, blobs)].join("\n\n"),
  );
  return fitText(entries, room.full, { ...noun, separator: "\n\n" });
};

/** What nobody could confirm, P0 and P1 first: worth a look, not to be taken as true. */
export const unconfirmedFindings = (all: readonly Finding[], blobs: Blobs): string =>
  listed(
    "unconfirmed, so not on a line",
    all.filter(({ label }) => label === "unconfirmed"),
    { blobs, max: room.unconfirmed },
  );

/** What is proven and stands in the summary all the same, with the reason. */
export const foldedFindings = (all: readonly Finding[], blobs: Blobs): string =>
  listed(
    "not on a line",
    all.filter(({ standing, label }) => standing === "summary" && label !== "unconfirmed"),
    {
      blobs,
      max: room.folded,
    },
  );

const listed = (
  what: string,
  all: readonly Finding[],
  { blobs, max }: { readonly blobs: Blobs; readonly max: number },
): string => {
  if (all.length === 0) return "";
  const entries = all.map((finding) => listEntry(finding, blobs));
  const summary = `${countOf(all.length, "finding")} ${what} (${bySeverity(all)})`;
  return foldedPart(summary, fitText(entries, max, { ...noun, separator: "\n" }));
};

const listEntry = (finding: Finding, blobs: Blobs): string => {
  const { candidate, label, reason } = finding;
  const why = [label, reason].filter((part) => part !== null).join(": ");
  const head = `- **${candidate.severity} · ${safeLine(candidate.title, 120)}** ${placeLink(finding, blobs)}`;
  return `${head}<br>${safeLine(candidate.body, 600)}<br><sub>${safeLine(why, 300)}</sub>`;
};

/** "1 P0, 3 P2". */
export const bySeverity = (all: readonly Finding[]): string => {
  const counts = Map.groupBy(all, ({ candidate }): Severity => candidate.severity);
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([severity, of]) => `${of.length} ${severity}`)
    .join(", ");
};
