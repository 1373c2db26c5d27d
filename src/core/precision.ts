import type { Candidate, Category, Severity } from "./candidate.ts";
import type { ReviewPolicy } from "./policy.ts";

type Dial = ReviewPolicy["review"]["precision"];

/** What the filter asks of a candidate before it may stand on a line. */
export interface PrecisionSettings {
  /** Least severity on a line, by who claims it. */
  readonly minSeverity: Readonly<Record<Candidate["origin"]["kind"], Severity>>;
  /** P1 to P3 on lines; P0 stands besides. */
  readonly maxComments: number;
  /** Least severity of the agent's claims in the categories that authors act on least. */
  readonly categoryFloor: Readonly<Partial<Record<Category, Severity>>>;
  /** In the categories named here, the agent's P2 and P3 below this confidence are folded. */
  readonly minConfidence: Readonly<Partial<Record<Category, number>>>;
  /** Worst severity that is folded when the second reader calls it minor; null folds none. */
  readonly foldsMinorFrom: Severity | null;
}

const dial: Readonly<Record<Dial, PrecisionSettings>> = {
  strict: {
    minSeverity: { agent: "P1", rule: "P2" },
    maxComments: 3,
    categoryFloor: { test: "P0" },
    minConfidence: { performance: 0.7, compatibility: 0.7, concurrency: 0.7 },
    foldsMinorFrom: "P1",
  },
  balanced: {
    minSeverity: { agent: "P2", rule: "P2" },
    maxComments: 5,
    categoryFloor: {},
    minConfidence: { performance: 0.6, compatibility: 0.6, concurrency: 0.6 },
    foldsMinorFrom: "P3",
  },
  thorough: {
    minSeverity: { agent: "P3", rule: "P3" },
    maxComments: 10,
    categoryFloor: {},
    minConfidence: {},
    foldsMinorFrom: null,
  },
};

/** The settings in force: the dial's, over them what the policy sets by itself. */
export const precisionOf = ({ review }: ReviewPolicy): PrecisionSettings => {
  const ofDial = dial[review.precision];
  const { min_severity: least, max_comments: most } = review;
  return {
    ...ofDial,
    minSeverity: least === undefined ? ofDial.minSeverity : { agent: least, rule: least },
    maxComments: most ?? ofDial.maxComments,
  };
};
