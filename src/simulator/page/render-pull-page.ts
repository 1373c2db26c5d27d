import { checkRunsOf } from "../actions/check-runs.ts";
import { commentsOf } from "../actions/reviews.ts";
import { fullName } from "../json/urls.ts";
import type { CheckRun, IssueComment, Pull, Review } from "../state.ts";
import type { World } from "../world.ts";
import { moment, safe, nothing, trusted } from "./html.ts";
import type { Html } from "./html.ts";
import { pageStyle } from "./page-style.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderComment, renderReactions, renderThread, threadsOf } from "./render-thread.ts";

const stateOf = (pull: Pull): "Merged" | "Closed" | "Draft" | "Open" => {
  if (pull.merged) return "Merged";
  if (pull.state === "closed") return "Closed";
  return pull.draft ? "Draft" : "Open";
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const header = (pull: Pull): Html => {
  const state = stateOf(pull);
  const head = pull.headRepo === pull.repo ? pull.headRef : `${pull.headOwner.login}:${pull.headRef}`;
  const labels = pull.labels.map((label) => safe` <span class="label">${label.name}</span>`);
  return safe`<header>
    <p class="meta">${fullName(pull.repo)}</p>
    <h1>${pull.title} <span class="number">#${pull.number}</span></h1>
    <p>
      <span class="state ${state.toLowerCase()}">${state}</span> <b>${pull.author.login}</b> wants to merge
      ${counted(pull.commits.length, "commit")} into <code>${pull.baseRef}</code> from <code>${head}</code> at
      <code>${pull.headSha.slice(0, 10)}</code>${labels}
    </p>
  </header>`;
};

const description = (world: World, pull: Pull): Html =>
  safe`<article class="comment">
    <div class="head"><b>${pull.author.login}</b> opened this ${moment(pull.createdAt)}</div>
    <div class="body">
      ${pull.body === null ? safe`<p class="meta">No description.</p>` : renderMarkdown(pull.body)}
    </div>
    ${renderReactions(world, pull)}
  </article>`;

const maxListedFiles = 300;

const files = (pull: Pull): Html => {
  const all = [...pull.diff.files.values()];
  const rows = all.slice(0, maxListedFiles).map(
    (file) =>
      safe`<tr>
        <td class="path">${file.path}</td>
        <td class="count">+${file.additions} -${file.deletions}</td>
      </tr>`,
  );
  const more =
    all.length > maxListedFiles
      ? safe`<tr>
          <td>and ${all.length - maxListedFiles} more</td>
        </tr>`
      : nothing;
  return safe`<section class="files">
    <details>
      <summary class="head">${counted(all.length, "file")} changed, +${pull.diff.additions} -${pull.diff.deletions}</summary>
      <table>
        ${rows}${more}
      </table>
    </details>
  </section>`;
};

const verbs = {
  PENDING: "is writing a review",
  COMMENTED: "reviewed",
  APPROVED: "approved these changes",
  CHANGES_REQUESTED: "requested changes",
} as const;

// The review that GitHub wraps around an answer has nothing of its own: the answer stands in its thread.
const isOnlyAnswers = (review: Review): boolean =>
  review.body === "" && commentsOf(review).every((comment) => comment.inReplyTo !== null);

const renderReview = (world: World, review: Review): Html => {
  const commit = safe`<p class="meta">at <code>${review.commitId.slice(0, 10)}</code></p>`;
  const body = safe`${review.body === "" ? nothing : renderMarkdown(review.body)}${commit}`;
  const threads = threadsOf(review.pull, review).map((thread) => renderThread(world, thread));
  return safe`${renderComment(world, { comment: review, verb: verbs[review.state], body })}${threads}`;
};

const renderIssueComment = (world: World, comment: IssueComment): Html =>
  renderComment(world, { comment, verb: "commented", body: renderMarkdown(comment.body) });

const timeline = (world: World, pull: Pull): readonly Html[] => {
  const reviews = pull.reviews.filter((review) => review.submittedAt !== null && !isOnlyAnswers(review));
  return [...pull.comments, ...reviews]
    .toSorted((one, other) => one.id - other.id)
    .map((item) => (item.kind === "review" ? renderReview(world, item) : renderIssueComment(world, item)));
};

const annotations = (run: CheckRun): Html => {
  if (run.annotations.length === 0) return nothing;
  const items = run.annotations.map(
    (one) =>
      safe`<li>
        <span class="path">${one.path}:${one.start_line}</span>
        <b>${one.title ?? one.annotation_level}</b> ${one.message}
      </li>`,
  );
  return safe`<ul>
    ${items}
  </ul>`;
};

const renderCheck = (run: CheckRun): Html =>
  safe`<section class="check">
    <div class="head">
      <b>${run.name}</b> <span class="label">${run.conclusion ?? run.status}</span> ${run.output.title ?? ""}
    </div>
    <div class="body">
      ${run.output.summary === null ? nothing : renderMarkdown(run.output.summary)}${
        run.output.text === null ? nothing : renderMarkdown(run.output.text)
      }${annotations(run)}
    </div>
  </section>`;

const checks = (pull: Pull): Html => {
  const runs = checkRunsOf(pull.repo, pull.headSha);
  return runs.length === 0
    ? nothing
    : safe`<h2>Checks</h2>
        ${runs.map(renderCheck)}`;
};

/** The page of a pull request as people see it: one self-contained HTML file; every user's text is escaped. */
export function renderPullPage(world: World, pull: Pull): string {
  const title = `${pull.title} #${pull.number}`;
  return safe`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${trusted(pageStyle)}
        </style>
      </head>
      <body>
        ${header(pull)}${description(world, pull)}${files(pull)}${timeline(world, pull)}${checks(pull)}
      </body>
    </html> `.markup;
}
