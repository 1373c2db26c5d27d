import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { showLine } from "../../core/show-lines.ts";
import { truncateLines, truncateText } from "../../core/truncate.ts";
import type { BlameLine, LogEntry } from "../ports.ts";
import { pathSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool, type ToolAnswer } from "./tool.ts";

const commits = 15;
const blamedLines = 200;
const maxChars = 20_000;

/** The tool that shows commits of a file, or who last changed some of its lines. */
export const historyTool = ({ trees }: ToolDeps): Tool =>
  defineTool({
    name: "history",
    description: `With start_line and end_line: blame, that is, the commit that last wrote each of these lines (id, date, subject), up to ${blamedLines} lines. Without lines: the last ${commits} commits that touched the file. Says why old code is as it is, and whether a line that the change removes once came in as a fix.`,
    input: z.strictObject({
      path: pathSchema,
      start_line: z.int().min(1).nullable().describe("First line to blame; null for the file's commits."),
      end_line: z.int().min(1).nullable().describe("Last line to blame, inclusive; null: the first line alone."),
      at: z
        .enum(["head", "base"])
        .nullable()
        .describe("Whose lines are blamed: base for removed ones. Null: head. Commits are listed from the head."),
    }),
    run: async ({ path, start_line, end_line, at }, signal) => {
      if (start_line === null) return showLog(await trees.log({ path, max: commits }, signal));
      const wanted = end_line ?? start_line;
      if (wanted < start_line) return note("end_line stands before start_line.");
      const endLine = Math.min(wanted, start_line + blamedLines - 1);
      const blamed = await trees.blame({ at: at ?? "head", path, startLine: start_line, endLine }, signal);
      return showBlame(blamed, { at: at ?? "head", cut: endLine < wanted });
    },
  });

const showLog = (entries: readonly LogEntry[]): ToolAnswer =>
  entries.length === 0
    ? note("No commit touched this path.")
    : {
        note: `${countOf(entries.length, "commit")}, newest first.`,
        data: entries.map(showCommit).join("\n"),
      };

const showBlame = (
  lines: readonly BlameLine[],
  { at, cut }: { readonly at: string; readonly cut: boolean },
): ToolAnswer => {
  if (lines.length === 0) return note(`There are no such lines at the ${at}.`);
  const shown = truncateLines(byCommit(lines), maxChars);
  const some = cut ? `The first ${blamedLines} lines.` : `${countOf(lines.length, "line")}.`;
  return { note: shown.left > 0 ? `${some} Cut: ask for fewer lines.` : some, data: shown.lines.join("\n") };
};

/** Each commit once for the lines in a row that it wrote. */
const byCommit = (lines: readonly BlameLine[]): readonly string[] =>
  lines.flatMap((line, index) => [
    ...(line.sha === lines[index - 1]?.sha ? [] : [showCommit(line)]),
    showLine({ number: line.line, mark: " ", text: line.text }),
  ]);

const showCommit = ({ sha, date, subject }: Pick<LogEntry, "sha" | "date" | "subject">): string =>
  `${sha.slice(0, 10)} ${date.slice(0, 10)} ${truncateText(subject, 120)}`;
