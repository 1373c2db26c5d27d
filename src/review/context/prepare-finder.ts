import { planEffort, type EffortPlan } from "../../core/effort.ts";
import { saysGenerated } from "../../core/generated-header.ts";
import { noSurroundings, type Surroundings } from "../../core/surroundings.ts";
import type { ReviewContext } from "../gather-context.ts";
import { lookAround, type Looking } from "./look-around.ts";
import { noHistory, readHistory } from "./read-history.ts";

/** How hard to look at a change, and what stands around it. */
export interface Prepared {
  readonly effort: EffortPlan;
  readonly surroundings: Surroundings;
}

/** Plans the effort, and looks around where a model is to be asked more than once. */
export const prepareFinder = async (looking: Looking, signal: AbortSignal): Promise<Prepared> => {
  const { context, input } = looking;
  const files = context.review;
  const first = prepareNothing(context);
  if (first.effort.tier === "none" || first.effort.tier === "trivial") return first;
  const [history, around] = await Promise.all([readHistory(input.trees, files, signal), lookAround(looking, signal)]);
  return {
    effort: planEffort(files, { generated: generatedPaths(context), reverted: history.reverted }),
    surroundings: { ...around, history: history.files },
  };
};

/** The effort alone, where nobody is there to look. */
export const prepareNothing = (context: ReviewContext): Prepared => ({
  effort: planEffort(context.review, { generated: generatedPaths(context), reverted: noHistory.reverted }),
  surroundings: noSurroundings,
});

const generatedPaths = ({ review, analyzed }: ReviewContext): ReadonlySet<string> => {
  const texts = new Map(analyzed.map(({ path, text }) => [path, text]));
  return new Set(review.filter((file) => saysGenerated(file, texts.get(file.path) ?? null)).map(({ path }) => path));
};
