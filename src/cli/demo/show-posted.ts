import { countOf } from "../../core/count-of.ts";
import type { CheckRunView, LineCommentView, PullView, Simulator } from "../../simulator/simulator.ts";
import type { DeliveryRecord } from "../../simulator/webhooks/delivery-record.ts";
import type { Terminal, Told } from "./terminal.ts";

/** What stands on a pull request so far, so that the next look shows what is new. */
export interface Posted {
  readonly reviews: number;
  readonly comments: number;
}

export const countPosted = (github: Simulator, pull: PullView): Posted => {
  const reviews = github.reviews(pull);
  return { reviews: reviews.length, comments: reviews.flatMap(({ comments }) => comments).length };
};

/** Shows what came onto the pull request since `before`, as people see it there. */
export const showPosted = (
  terminal: Terminal,
  { github, pull }: { readonly github: Simulator; readonly pull: PullView },
  before: Posted,
): void => {
  const now = countPosted(github, pull);
  terminal.tell([
    {
      label: "posted",
      text: `${countOf(now.reviews - before.reviews, "new review")}, ${countOf(now.comments - before.comments, "new comment")} on lines`,
    },
  ]);
  for (const review of github.reviews(pull).slice(before.reviews)) {
    terminal.tell([{ label: "review", text: `${review.author}: ${firstLine(review.body)}` }]);
    for (const comment of review.comments) terminal.quote(placeOf(comment), visibleText(comment.body));
  }
  const summary = github.comments(pull).findLast(({ author }) => author.endsWith("[bot]"));
  const check = github.checkRuns(github.pull(pull).headSha).at(-1);
  terminal.tell([
    ...(summary === undefined ? [] : [{ label: "summary", text: `${summary.author}: ${firstLine(summary.body)}` }]),
    ...(check === undefined ? [] : [tellCheck(check)]),
  ]);
};

export const tellDelivery = ({ event, action, guid, statusCode, durationSeconds }: DeliveryRecord): Told => ({
  label: "delivery",
  text: `${event}${action === null ? "" : `.${action}`} ${guid.slice(0, 8)}, answered ${statusCode} after ${Math.round(durationSeconds * 1000)} ms`,
});

const tellCheck = ({ name, conclusion, status, output }: CheckRunView): Told => ({
  label: "check run",
  text: `${name}: ${conclusion ?? status}, ${output.title ?? "without a title"}`,
});

/** `path:12-14`, as it was posted. */
const placeOf = ({ path, originalStartLine, originalLine }: LineCommentView): string =>
  `${path}:${originalStartLine === null ? "" : `${originalStartLine}-`}${originalLine}`;

/** Without the markers, which GitHub does not show, and without the tags of small print. */
const visibleText = (markdown: string): string =>
  markdown
    .replaceAll(/<!--[\s\S]*?-->|<\/?sub>/g, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();

const firstLine = (markdown: string): string => (visibleText(markdown).split("\n")[0] ?? "").replaceAll("**", "");
