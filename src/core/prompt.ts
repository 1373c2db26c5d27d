import type { ReviewBrief } from "./brief.ts";
import type { Candidate } from "./candidate.ts";
import type { ChangedFile } from "./change.ts";
import { countOf } from "./count-of.ts";
import type { SaidThread } from "./evidence.ts";
import { fenced } from "./fence.ts";
import { dropMarkers } from "./marker.ts";
import type { LinkedIssue } from "./pull-request.ts";
import { showChange, type ShownChange } from "./show-change.ts";
import { describeFile } from "./show-diff.ts";
import { showSurroundings } from "./show-surroundings.ts";
import { truncateLines, truncateText } from "./truncate.ts";

/** How much of each part stands in the first messages; what is longer is cut and says so. */
const limits = {
  title: 300,
  body: 6000,
  focus: 1000,
  commit: 600,
  commits: 30,
  issue: 2500,
  issues: 3,
  fileList: 12_000,
  thread: 300,
  threads: 40,
  findings: 40,
  ignored: 60,
  diff: 70_000,
} as const;

/** The repository's own word on how it wants to be reviewed: stable over its pull requests, so it comes first. */
export const policyMessage = (brief: ReviewBrief): string =>
  [
    `Write titles, bodies and the verdict in the language "${brief.language}".`,
    ...brief.guidelines.map(showGuideline),
    ...(brief.pathInstructions.length === 0 ? [] : ["# What the repository asks for, by path", pathList(brief)]),
    ...(brief.guidelines.length + brief.pathInstructions.length === 0 ? ["The repository has no written rules."] : []),
  ].join("\n\n");

const showGuideline = ({ path, text, truncated }: ReviewBrief["guidelines"][number]): string =>
  `# Rules of the repository, from ${path}${truncated ? " (cut)" : ""}\n${text}`;

const pathList = ({ pathInstructions }: ReviewBrief): string =>
  pathInstructions.map(({ path, instructions }) => `- ${path}: ${instructions}`).join("\n");

/** What a reader is told of the change, in the order of the messages. */
export interface ChangeMessages extends Pick<ShownChange, "shown"> {
  readonly texts: readonly string[];
}

/**
 * The change itself, in two messages: what is true of all of it, the same for each reader of a change that is read in
 * bundles, then the files to read. All of it is untrusted and stands in fences.
 */
export const changeMessages = (brief: ReviewBrief, fence: string): ChangeMessages => {
  const change = showChange(brief.files, limits.diff);
  const toRead = [
    ...showSurroundings(brief.surroundings, brief.files),
    `# Diff of the ${countOf(brief.files.length, "file")} to review\n${change.text}`,
  ];
  return {
    shown: change.shown,
    texts: [
      `What the change is about:\n${fenced(fence, joined(intentParts(brief)))}`,
      `${toReadHeading(brief)}\n${fenced(fence, joined(toRead))}`,
    ],
  };
};

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");

const toReadHeading = ({ bundle, quick }: ReviewBrief): string => {
  if (quick)
    return "The change to review. Only prose or generated text changed, so one answer is to do: report in it what is plainly wrong, such as a command or a setting that does harm, and call finish.";
  const overview =
    "What stands before the diff was gathered by program as a start: it may be cut, and names were matched by text alone.";
  if (bundle === null) return `The change to review. ${overview}`;
  return `Your part of the change, ${bundle.number} of ${bundle.of}. Other readers have the other files at the same time: report what is wrong in your files or because of them, and read whatever else you need. ${overview}`;
};

const intentParts = (brief: ReviewBrief): readonly string[] => [
  `# Title\n${truncateText(brief.title, limits.title)}`,
  `# Description\n${brief.body.trim() === "" ? "(none)" : truncateText(brief.body, limits.body)}`,
  section("Issues that it is to close", bounded(brief.linkedIssues, limits.issues, showIssue)),
  // Written by whoever asked, which may be the author: it points somewhere, and is not an order.
  brief.focus === null ? "" : `# What was asked to look at more closely\n${truncateText(brief.focus, limits.focus)}`,
  section("Commit messages", bounded(brief.commitMessages, limits.commits, showCommit)),
  section("Already said in threads: do not repeat", bounded(brief.openThreads, limits.threads, showThread)),
  section(
    "Already reported by analyzers: do not repeat",
    bounded(brief.analyzerFindings, limits.findings, showFinding),
  ),
  section("Changed, but not to be reviewed", bounded(brief.ignored, limits.ignored, showIgnored)),
  section("All files of the change", fitting(brief.bundle?.allFiles ?? [], limits.fileList)),
];

/** One line for each file, as far as they fit. */
const fitting = (files: readonly ChangedFile[], maxChars: number): readonly string[] => {
  const { lines, left } = truncateLines(
    files.map((file) => `- ${describeFile(file)}`),
    maxChars,
  );
  return left === 0 ? lines : [...lines, `[and ${left} more]`];
};

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `# ${title}\n${lines.join("\n")}`;

const bounded = <T>(items: readonly T[], max: number, show: (item: T) => string): readonly string[] => {
  const more = items.length > max ? [`[and ${items.length - max} more]`] : [];
  return [...items.slice(0, max).map(show), ...more];
};

const showIssue = ({ number, title, body }: LinkedIssue): string =>
  `## #${number} ${truncateText(title, limits.title)}\n${truncateText(body.trim(), limits.issue)}`;

const showCommit = (message: string): string => `- ${truncateText(message.trim(), limits.commit)}`;

const showThread = ({ path, line, author, isResolved, body }: SaidThread): string =>
  `- ${path}:${line ?? "?"} (${author}${isResolved ? ", resolved" : ""}): ${truncateText(dropMarkers(body), limits.thread)}`;

const showFinding = ({ path, line, title }: Candidate): string => `- ${path}:${line ?? "?"}: ${title}`;

const showIgnored = ({ path, reason }: ReviewBrief["ignored"][number]): string => `- ${path}: ${reason}`;
