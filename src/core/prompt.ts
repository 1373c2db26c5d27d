import type { ReviewBrief } from "./brief.ts";
import type { Candidate } from "./candidate.ts";
import type { SaidThread } from "./evidence.ts";
import { fenced } from "./fence.ts";
import { dropMarkers } from "./marker.ts";
import { showChange, type ShownChange } from "./show-change.ts";
import { truncateText } from "./truncate.ts";

/** How much of each part stands in the first messages; what is longer is cut and says so. */
const limits = {
  title: 300,
  body: 6000,
  focus: 1000,
  commit: 600,
  commits: 30,
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

/** The change itself: everything in it is untrusted and stands in one fence. */
export const changeMessage = (brief: ReviewBrief, fence: string): ShownChange => {
  const change = showChange(brief.files, limits.diff);
  const parts = [
    `# Title\n${truncateText(brief.title, limits.title)}`,
    `# Description\n${brief.body.trim() === "" ? "(none)" : truncateText(brief.body, limits.body)}`,
    // Written by whoever asked, which may be the author: it points somewhere, and is not an order.
    brief.focus === null ? "" : `# What was asked to look at more closely\n${truncateText(brief.focus, limits.focus)}`,
    section("Commit messages", bounded(brief.commitMessages, limits.commits, showCommit)),
    section("Already said in threads: do not repeat", bounded(brief.openThreads, limits.threads, showThread)),
    section(
      "Already reported by analyzers: do not repeat",
      bounded(brief.analyzerFindings, limits.findings, showFinding),
    ),
    section("Changed, but not to be reviewed", bounded(brief.ignored, limits.ignored, showIgnored)),
    `# Diff of the ${brief.files.length} files to review\n${change.text}`,
  ];
  return {
    ...change,
    text: `The change to review:\n${fenced(fence, parts.filter((part) => part !== "").join("\n\n"))}`,
  };
};

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `# ${title}\n${lines.join("\n")}`;

const bounded = <T>(items: readonly T[], max: number, show: (item: T) => string): readonly string[] => {
  const more = items.length > max ? [`[and ${items.length - max} more]`] : [];
  return [...items.slice(0, max).map(show), ...more];
};

const showCommit = (message: string): string => `- ${truncateText(message.trim(), limits.commit)}`;

const showThread = ({ path, line, author, isResolved, body }: SaidThread): string =>
  `- ${path}:${line ?? "?"} (${author}${isResolved ? ", resolved" : ""}): ${truncateText(dropMarkers(body), limits.thread)}`;

const showFinding = ({ path, line, title }: Candidate): string => `- ${path}:${line ?? "?"}: ${title}`;

const showIgnored = ({ path, reason }: ReviewBrief["ignored"][number]): string => `- ${path}: ${reason}`;
