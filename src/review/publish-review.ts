import type { PlannedReview } from "../core/plan.ts";
import { runMarker } from "../core/marker.ts";
import { OperationalError, SupersededError } from "./errors.ts";
import type { Ledger } from "./ledger.ts";
import type { CreateReviewResult, NewReview } from "./ports.ts";
import type { PublishDeps, PublishInput } from "./publish-deps.ts";

interface ReviewStep extends PublishInput {
  readonly review: PlannedReview;
  readonly ledger: Ledger;
}

/**
 * Creates the review PENDING, where nobody sees it, records its id, then submits it. GitHub allows one pending review
 * per user and pull request, so a create that is repeated after a lost answer cannot double.
 */
export const publishReview = async (deps: PublishDeps, step: ReviewStep, signal: AbortSignal): Promise<void> => {
  const { ref, ledger, review } = step;
  const id = Number(
    await ledger.carryOut({
      key: "review:create",
      send: async () => String(await createReview(deps, step, signal)),
      find: () => findOwnReview(deps, step, signal),
    }),
  );
  await ledger.carryOut({
    key: "review:submit",
    send: async () => {
      const { url } = await deps.host.submitReview(ref, { id, event: review.event }, signal);
      return url;
    },
    find: async () => {
      const known = await deps.host.findReviews(ref, runMarker(step.plan.runId), signal);
      return known.find((found) => found.state === "submitted")?.url ?? null;
    },
  });
};

const findOwnReview = async (deps: PublishDeps, step: ReviewStep, signal: AbortSignal): Promise<string | null> => {
  const known = await deps.host.findReviews(step.ref, runMarker(step.plan.runId), signal);
  const own = known.find((found) => found.state === "submitted" || found.mine);
  return own === undefined ? null : String(own.id);
};

const createReview = async (deps: PublishDeps, step: ReviewStep, signal: AbortSignal): Promise<number> => {
  const full: NewReview = { headSha: step.plan.headSha, body: step.review.body, comments: step.review.comments };
  const first = await deps.host.createPendingReview(step.ref, full, signal);
  if (first.created) return first.id;
  if (first.refused === "pending_exists") return afterPending(deps, { ...step, full }, signal);
  return withoutLines(deps, { ...step, message: first.message }, signal);
};

/** The pending review in the way is of this run (its answer was lost) or stale (its run is gone): use it or drop it. */
const afterPending = async (
  deps: PublishDeps,
  step: ReviewStep & { readonly full: NewReview },
  signal: AbortSignal,
): Promise<number> => {
  const pending = (await deps.host.findReviews(step.ref, runMarker(step.plan.runId), signal)).filter(
    (found) => found.state === "pending",
  );
  const own = pending.find((found) => found.mine);
  if (own !== undefined) return own.id;
  for (const stale of pending) await deps.host.deletePendingReview(step.ref, stale.id, signal);
  const again = await deps.host.createPendingReview(step.ref, step.full, signal);
  if (!again.created && again.refused === "line")
    return withoutLines(deps, { ...step, message: again.message }, signal);
  return createdId(again);
};

/** GitHub refused a line all the same: if the head is unchanged the findings go into the body, and none is lost. */
const withoutLines = async (
  deps: PublishDeps,
  step: ReviewStep & { readonly message: string },
  signal: AbortSignal,
): Promise<number> => {
  const head = await deps.host.readHead(step.ref, signal);
  if (head !== null && head !== step.plan.headSha) throw new SupersededError(head);
  deps.onRefusedLine(step.message);
  const fallback: NewReview = { headSha: step.plan.headSha, body: step.review.fallbackBody, comments: [] };
  return createdId(await deps.host.createPendingReview(step.ref, fallback, signal));
};

const createdId = (result: CreateReviewResult): number => {
  if (result.created) return result.id;
  throw new OperationalError(`GitHub refused the review: ${result.message}`, { retryable: true });
};
