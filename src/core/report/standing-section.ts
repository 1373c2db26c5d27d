import { codeCell } from "../code-markdown.ts";
import { countOf } from "../count-of.ts";
import { safeLine } from "../safe-markdown.ts";
import type { StandingFinding } from "../standing-findings.ts";
import { truncateText } from "../truncate.ts";
import { fitText, room } from "./fit-entries.ts";

/** What earlier rounds said and nobody resolved, each with a link to its thread. */
export const standingSection = (standing: readonly StandingFinding[]): string => {
  if (standing.length === 0) return "";
  const what = `${countOf(standing.length, "finding")} from earlier rounds`;
  const head = `${what} still ${standing.length === 1 ? "stands" : "stand"} until the thread is resolved:`;
  const list = fitText(standing.map(entryOf), room.standing, { one: "finding", many: "findings", separator: "\n" });
  return `${head}\n\n${list}`;
};

const entryOf = ({ severity, title, path, line, url }: StandingFinding): string => {
  const place = truncateText(line === null ? path : `${path}:${line}`, 200);
  const text = title === null ? "a finding whose title can no longer be read" : safeLine(title, 120);
  return `- **${severity} · ${text}** [${codeCell(place)}](${url})`;
};
