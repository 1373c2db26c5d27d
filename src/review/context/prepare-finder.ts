import type { ChangedFile } from "../../core/change.ts";
import { planEffort, type EffortPlan } from "../../core/effort.ts";
import { saysGenerated } from "../../core/generated-header.ts";
import { noSurroundings, type Surroundings } from "../../core/surroundings.ts";
import type { ReviewContext } from "../gather-context.ts";
import { lookAround, type Looking } from "./look-around.ts";
import { planBundles } from "./plan-bundles.ts";
import { noHistory, readHistory } from "./read-history.ts";

/** How hard to look at a change, what stands around it, and which files are read together. */
export interface Prepared {
  readonly effort: EffortPlan;
  readonly surroundings: Surroundings;
  readonly bundles: readonly (readonly ChangedFile[])[];
}

/** Plans the effort, and looks around where a model is to be asked more than once. */
export const prepareFinder = async (looking: Looking, signal: AbortSignal): Promise<Prepared> => {
  const { context, input } = looking;
  const files = context.review;
  const first = prepareNothing(context);
  if (first.effort.tier === "none" || first.effort.tier === "trivial") return first;
  const { trees } = input;
  const { tier } = first.effort;
  const [history, around, bundles] = await Promise.all([
    readHistory(trees, files, signal),
    lookAround(looking, signal),
    planBundles(trees, { files, tier }, signal),
  ]);
  const effort = planEffort(files, { generated: generatedPaths(context), reverted: history.reverted });
  return {
    effort,
    surroundings: { ...around, history: history.files },
    // Only the history can have raised the tier, which is rare: then the split is made once more.
    bundles: effort.tier === tier ? bundles : await planBundles(trees, { files, tier: effort.tier }, signal),
  };
};

/** The effort alone, where nobody is there to look. */
export const prepareNothing = (context: ReviewContext): Prepared => ({
  effort: planEffort(context.review, { generated: generatedPaths(context), reverted: noHistory.reverted }),
  surroundings: noSurroundings,
  bundles: [context.review],
});

const generatedPaths = ({ review, analyzed }: ReviewContext): ReadonlySet<string> => {
  const texts = new Map(analyzed.map(({ path, text }) => [path, text]));
  return new Set(review.filter((file) => saysGenerated(file, texts.get(file.path) ?? null)).map(({ path }) => path));
};
