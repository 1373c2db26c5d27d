import type { FileCoverage } from "../change.ts";
import { codeSpan } from "../code-markdown.ts";
import { countOf } from "../count-of.ts";
import { safeLine } from "../safe-markdown.ts";
import { truncateText } from "../truncate.ts";
import { fitText, foldedPart, room } from "./fit-entries.ts";

/** How many changed files were read, exactly; and which were not, as far as there is room. */
export const coverageSection = (coverage: readonly FileCoverage[]): string => {
  if (coverage.length === 0) return "No file was there to be read.";
  const missing = coverage.filter(({ read }) => read !== "full");
  if (missing.length === 0) return `${coverageCounts(coverage)}.`;
  const entries = missing.map(coverageEntry);
  const list = fitText(entries, room.coverage, { one: "file", many: "files", separator: "\n" });
  return `${coverageCounts(coverage)}.\n\n${foldedPart("Not read in full", list)}`;
};

/** "Read 12 of 14 changed files in full, 1 in part, 1 not at all". */
const coverageCounts = (coverage: readonly FileCoverage[]): string => {
  const count = (read: FileCoverage["read"]): number => coverage.filter((file) => file.read === read).length;
  const [partly, none] = [count("partial"), count("none")];
  const full = `Read ${count("full").toLocaleString("en-US")} of ${countOf(coverage.length, "changed file")} in full`;
  return [full, ...(partly > 0 ? [`${partly} in part`] : []), ...(none > 0 ? [`${none} not at all`] : [])].join(", ");
};

const coverageEntry = ({ path, read, reason }: FileCoverage): string => {
  const how = read === "partial" ? "in part" : "not read";
  return `- ${codeSpan(truncateText(path, 200))}: ${how}${reason === null ? "" : `, ${safeLine(reason, 200)}`}`;
};
