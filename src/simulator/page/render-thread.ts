import { parseHunks } from "../git/parse-patch.ts";
import { reactionsTo } from "../actions/reactions.ts";
import { reactionContents } from "../state.ts";
import type { IssueComment, Pull, Reactable, Review, ReviewComment, Thread } from "../state.ts";
import type { World } from "../world.ts";
import { moment, safe, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** One line of a hunk with its numbers on both sides. */
interface NumberedLine {
  readonly kind: "context" | "added" | "removed";
  readonly left: number | null;
  readonly right: number | null;
  readonly text: string;
}

function numberLines(diffHunk: string): readonly NumberedLine[] {
  const [hunk] = parseHunks(diffHunk);
  let left = (hunk?.leftStart ?? 1) - 1;
  let right = (hunk?.rightStart ?? 1) - 1;
  return (hunk?.lines ?? [])
    .filter((line) => !line.startsWith("\\"))
    .map((line): NumberedLine => {
      const text = line.slice(1);
      if (line.startsWith("+")) return { kind: "added", left: null, right: (right += 1), text };
      if (line.startsWith("-")) return { kind: "removed", left: (left += 1), right: null, text };
      return { kind: "context", left: (left += 1), right: (right += 1), text };
    });
}

const linesAbove = 3;

const isShown = (thread: Thread, line: NumberedLine): boolean => {
  const first = (thread.originalStartLine ?? thread.originalLine) - linesAbove;
  const number = thread.side === "RIGHT" ? (line.right ?? line.left) : (line.left ?? line.right);
  return number !== null && number >= first;
};

const signs = { context: " ", added: "+", removed: "-" } as const;

const hunkRow = (line: NumberedLine): Html =>
  safe`<div class="line ${line.kind}">${lineNumber(line.left)}${lineNumber(line.right)}<span class="sign">${signs[line.kind]}</span>${line.text}</div>`;

const lineNumber = (number: number | null): Html => safe`<span class="number">${number ?? ""}</span>`;

const coveredText = (thread: Thread): string | null => {
  if (thread.side !== "RIGHT") return null;
  const first = thread.originalStartLine ?? thread.originalLine;
  return numberLines(thread.diffHunk)
    .filter(({ right }) => right !== null && right >= first && right <= thread.originalLine)
    .map(({ text }) => text)
    .join("\n");
};

const emoji = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  rocket: "🚀",
  eyes: "👀",
} as const;

/** The reactions below a comment, counted, each with who gave it. */
export function renderReactions(world: World, subject: Reactable): Html {
  const given = reactionsTo(world, subject);
  const groups = reactionContents
    .map((content) => ({
      content,
      users: given.filter((one) => one.content === content).map(({ user }) => user.login),
    }))
    .filter(({ users }) => users.length > 0);
  if (groups.length === 0) return nothing;
  const shown = groups.map(
    ({ content, users }) =>
      safe`<span class="reaction" title="${users.join(", ")}">${emoji[content]} ${users.length}</span>`,
  );
  return safe`<div class="reactions">${shown}</div>`;
}

interface Framed {
  readonly comment: IssueComment | Review | ReviewComment;
  readonly verb: string;
  readonly body: Html;
}

/** A comment's frame: who, when, its text, its reactions; folded where it was minimized. */
export function renderComment(world: World, { comment, verb, body }: Framed): Html {
  const bot = comment.author.type === "Bot" ? safe` <span class="label">bot</span>` : nothing;
  const head = safe`<div class="head">
    <b>${comment.author.login}</b>${bot} ${verb} ${moment(comment.createdAt)}
  </div>`;
  const content = safe`<div class="body">${body}</div>
    ${renderReactions(world, comment)}`;
  const anchor = `${comment.kind}-${comment.id}`;
  if (comment.minimized === null) return safe`<article class="comment" id="${anchor}">${head}${content}</article>`;
  return safe`<article class="comment" id="${anchor}">
    ${head}
    <details>
      <summary>Hidden as ${comment.minimized}</summary>
      ${content}
    </details>
  </article>`;
}

const where = (thread: Thread): string => {
  const side = thread.side === "LEFT" ? "before the change" : "";
  const start = thread.originalStartLine === null ? "" : `${thread.originalStartLine}-`;
  return `${thread.path}:${start}${thread.originalLine} ${side}`.trim();
};

/** A line thread in its hunk, with its state and its comments. */
export function renderThread(world: World, thread: Thread): Html {
  const replaced = coveredText(thread);
  const rows = numberLines(thread.diffHunk)
    .filter((line) => isShown(thread, line))
    .map(hunkRow);
  const comments = thread.comments
    .filter((comment) => comment.review.state !== "PENDING")
    .map((comment) =>
      renderComment(world, { comment, verb: "commented", body: renderMarkdown(comment.body, replaced) }),
    );
  const outdated = thread.line === null ? safe` <span class="label">Outdated</span>` : nothing;
  const content = safe`<div class="code">${rows}</div>
    ${comments}`;
  const title = safe`<span class="path">${where(thread)}</span>${outdated}`;
  if (thread.resolvedBy === null)
    return safe`<section class="thread">
      <div class="head">${title}</div>
      ${content}
    </section>`;
  const note = safe` <span class="label">Resolved by ${thread.resolvedBy.login}</span>`;
  return safe`<section class="thread">
    <details>
      <summary>${title}${note}</summary>
      ${content}
    </details>
  </section>`;
}

/** Threads that a review began, in the order of their places. */
export const threadsOf = (pull: Pull, review: Review): readonly Thread[] =>
  pull.threads.filter((thread) => thread.comments[0]?.review === review);
