import { GitHubError, invalid, unprocessable } from "../github-error.ts";
import { hunkUpTo, placeLine } from "../git/parse-patch.ts";
import type { LinePlace, Side } from "../git/parse-patch.ts";
import type { PullDiff } from "../git/pull-diff.ts";
import { isTooLarge } from "../json/commit-json.ts";
import type { Limits } from "../limits.ts";

export interface LineComment {
  readonly path: string;
  readonly line: number;
  readonly side: Side;
  readonly startLine: number | null;
  readonly startSide: Side | null;
  readonly body: string;
}

/** A line comment with the place that GitHub found for it. */
export interface PlacedComment extends LineComment {
  readonly position: number;
  readonly diffHunk: string;
}

/** Why GitHub refuses a line: `field` is for the form that names one, `sentence` for the form of reviews. */
interface Refusal {
  readonly field: string;
  readonly message: string;
  readonly sentence: string;
}

const refusals = {
  path: { field: "path", message: "path is invalid", sentence: "Path could not be resolved" },
  large: {
    field: "path",
    message: "path diff too large",
    sentence: "Pull request review thread path diff too large",
  },
  line: {
    field: "pull_request_review_thread.line",
    message: "pull_request_review_thread.line must be part of the diff",
    sentence: "Pull request review thread line must be part of the diff",
  },
  startLine: {
    field: "pull_request_review_thread.start_line",
    message: "pull_request_review_thread.start_line must be part of the same hunk as the line.",
    sentence: "Pull request review thread start line must be part of the same hunk as the line.",
  },
  order: {
    field: "pull_request_review_thread.start_line",
    message: "pull_request_review_thread.start_line must precede the end line.",
    sentence: "Pull request review thread start line must precede the end line.",
  },
} as const satisfies Readonly<Record<string, Refusal>>;

const checkStart = (end: LinePlace, comment: LineComment): Refusal | null => {
  if (comment.startLine === null) return null;
  const side = comment.startSide ?? comment.side;
  if (side === comment.side && comment.startLine >= comment.line) return refusals.order;
  const start = placeLine([end.hunk], side, comment.startLine);
  if (start === null) return refusals.startLine;
  return start.index < end.index ? null : refusals.order;
};

const tryPlace = (comment: LineComment, diff: PullDiff, limits: Limits): Refusal | PlacedComment => {
  const file = diff.files.get(comment.path);
  if (file === undefined) return refusals.path;
  if (isTooLarge(file, limits)) return refusals.large;
  const place = placeLine(file.hunks, comment.side, comment.line);
  if (place === null) return refusals.line;
  return checkStart(place, comment) ?? { ...comment, position: place.position, diffHunk: hunkUpTo(place) };
};

const asReviewError = (refusal: Refusal): GitHubError => unprocessable(refusal.sentence);

const asFieldError = ({ field, message }: Refusal): GitHubError =>
  invalid({ resource: "PullRequestReviewComment", field, message });

/**
 * Finds the comment's line in the diff or throws the 422 that GitHub answers. Added and context lines take comments on
 * RIGHT, removed and context lines on LEFT, always inside a hunk with three lines of context.
 */
export function placeComment(
  comment: LineComment,
  where: { readonly diff: PullDiff; readonly limits: Limits; readonly form: "review" | "comment" },
): PlacedComment {
  const placed = tryPlace(comment, where.diff, where.limits);
  if ("sentence" in placed) throw where.form === "review" ? asReviewError(placed) : asFieldError(placed);
  return placed;
}
