import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { truncateText } from "../../core/truncate.ts";
import type { BlameLine, LogEntry } from "../ports.ts";
import { pathSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const commits = 15;
const blamedLines = 200;

/** The tool that shows commits of a file, or who last changed some of its lines. */
export const historyTool = ({ trees }: ToolDeps): Tool =>
  defineTool({
    name: "history",
    description: `Without lines: the last ${commits} commits that touched a file. With both lines: for each line at the head the commit that wrote it (up to ${blamedLines} lines). Says why old code is as it is.`,
    input: z.strictObject({
      path: pathSchema,
      start_line: z.int().min(1).nullable(),
      end_line: z.int().min(1).nullable(),
    }),
    run: async ({ path, start_line, end_line }, signal) => {
      if (start_line === null || end_line === null) return showLog(await trees.log({ path, max: commits }, signal));
      const endLine = Math.min(end_line, start_line + blamedLines - 1);
      return showBlame(await trees.blame({ path, startLine: start_line, endLine }, signal), endLine < end_line);
    },
  });

const showLog = (entries: readonly LogEntry[]) =>
  entries.length === 0
    ? note("No commit touched this path.")
    : {
        note: `${countOf(entries.length, "commit")}, newest first.`,
        data: entries
          .map(({ sha, date, subject }) => `${sha.slice(0, 10)} ${date.slice(0, 10)} ${truncateText(subject, 120)}`)
          .join("\n"),
      };

const showBlame = (lines: readonly BlameLine[], cut: boolean) =>
  lines.length === 0
    ? note("There are no such lines at the head.")
    : {
        note: cut ? `The first ${blamedLines} lines.` : `${countOf(lines.length, "line")}.`,
        data: lines.map(showBlamed).join("\n"),
      };

const showBlamed = ({ line, sha, date, subject, text }: BlameLine): string =>
  `${line} ${sha.slice(0, 10)} ${date.slice(0, 10)} (${truncateText(subject, 60)}) |${truncateText(text, 160)}`;
