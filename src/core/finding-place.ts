import type { Finding } from "./finding.ts";
import { codeCell } from "./code-markdown.ts";
import { rangeOf } from "./range-of.ts";
import { truncateText } from "./truncate.ts";

/** Where a repository's files are to be seen: its address, and the commits of both sides of a change. */
export interface Blobs {
  readonly repositoryUrl: string;
  readonly headSha: string;
  readonly mergeBase: string;
}

interface Lines {
  readonly start: number | null;
  readonly end: number | null;
}

/** The lines of a finding: where its comment stands, else where its quote was found, else where the finder put it. */
const linesOf = ({ anchor, candidate, judged }: Finding): Lines => {
  if (anchor !== null) return { start: anchor.startLine, end: anchor.line };
  const range = rangeOf(judged);
  if (range !== null) return { start: range.startLine, end: range.endLine };
  return { start: candidate.startLine, end: candidate.line };
};

/** `src/pay.ts:12-14`, for people. */
export const placeText = (finding: Finding): string => {
  const { start, end } = linesOf(finding);
  const path = truncateText(pathOf(finding), 200);
  if (end === null) return path;
  const lines = start === null || start === end ? `${end}` : `${start}-${end}`;
  return `${path}:${lines}${isRemoved(finding) ? " (removed)" : ""}`;
};

const isRemoved = ({ candidate }: Finding): boolean => candidate.side === "LEFT";

/** The file's name on the finding's side. */
const pathOf = (finding: Finding): string => {
  const { candidate, judged } = finding;
  return isRemoved(finding) ? (judged.evidence.file?.oldPath ?? candidate.path) : candidate.path;
};

/** Longer addresses are not worth their room. */
const longestUrl = 1500;

/** The place as a link to the reviewed commit; as code alone where the lines are not known or the address is too long. */
export const placeLink = (finding: Finding, blobs: Blobs): string => {
  const url = permalink(finding, blobs);
  const text = codeCell(placeText(finding));
  return url === null || url.length > longestUrl ? text : `[${text}](${url})`;
};

/** The lines as they stand in the reviewed commit, or at the merge base for removed ones. */
const permalink = (finding: Finding, blobs: Blobs): string | null => {
  const { start, end } = linesOf(finding);
  if (end === null || finding.judged.evidence.quote.found === "no_file") return null;
  const commit = isRemoved(finding) ? blobs.mergeBase : blobs.headSha;
  const fragment = start === null || start === end ? `L${end}` : `L${start}-L${end}`;
  return `${blobs.repositoryUrl}/blob/${commit}/${encodePath(pathOf(finding))}#${fragment}`;
};

/** Brackets too, which would end a Markdown link. */
const encodePath = (path: string): string =>
  path
    .split("/")
    .map((part) =>
      encodeURIComponent(part.toWellFormed()).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`),
    )
    .join("/");
