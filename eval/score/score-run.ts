import { bootstrap, type Interval } from "./bootstrap.ts";
import { cutsByGate, cutsBySeverity, isFolded, isPosted, type Cut } from "./cuts.ts";
import { addCounts, countCase, f1Of, precisionOf, recallOf, share, type Counts } from "./measure.ts";
import type { ScoredCase } from "./score-case.ts";

/** A figure with its 95 % interval over cases; null where there is nothing to compute it of. */
export interface Figure {
  readonly value: number | null;
  readonly interval: Interval | null;
}

export interface Scores {
  readonly cases: number;
  readonly cleanCases: number;
  readonly posted: Counts;
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
  /** Recall where the folded findings count as found. */
  readonly recallWithFolded: Figure;
  /** Of the comments that mean a known defect of their file: within three lines of it, and on its very lines. */
  readonly lineAccuracy: Figure;
  readonly onTheLines: Figure;
  readonly commentsPerCase: Figure;
  readonly foldedPerCase: Figure;
  readonly cleanCasesWithComments: number;
  readonly falseAlarmsOnClean: number;
  readonly validLines: Figure;
  readonly suggestions: number;
  readonly suggestionsApply: Figure;
  readonly suggestionsParse: Figure;
  readonly worth: Readonly<Record<string, number>>;
  readonly tokensPerCase: Figure;
  readonly secondsPerCase: Figure;
  readonly usdPerCase: Figure;
  readonly byGate: readonly Cut[];
  readonly postedBySeverity: readonly Cut[];
  readonly claimedBySeverity: readonly Cut[];
}

type Compute = (cases: readonly ScoredCase[]) => number | null;

/** All figures of a run. */
export const scoreRun = (cases: readonly ScoredCase[]): Scores => {
  const figure = (compute: Compute): Figure => ({ value: compute(cases), interval: bootstrap(cases, compute) });
  const clean = cases.filter((one) => one.clean);
  return {
    cases: cases.length,
    cleanCases: clean.length,
    posted: postedCounts(cases),
    precision: figure((some) => precisionOf(postedCounts(some))),
    recall: figure((some) => recallOf(postedCounts(some))),
    f1: figure((some) => f1Of(postedCounts(some))),
    recallWithFolded: figure((some) => recallOf(shownCounts(some))),
    ...lineFigures(figure),
    commentsPerCase: figure((some) => share(count(some, isPosted), some.length)),
    foldedPerCase: figure((some) => share(count(some, isFolded), some.length)),
    cleanCasesWithComments: clean.filter(({ claims }) => claims.some(isPosted)).length,
    falseAlarmsOnClean: clean.flatMap(({ claims }) => claims).filter((one) => isPosted(one) && one.right === false)
      .length,
    ...suggestionFigures(cases, figure),
    worth: worthOf(cases),
    ...costFigures(figure),
    byGate: cutsByGate(cases),
    postedBySeverity: cutsBySeverity(cases, isPosted),
    claimedBySeverity: cutsBySeverity(cases, () => true),
  };
};

/** The figures by which two runs are compared, with the digits that they are shown with. */
export const comparedFigures: readonly (readonly [name: string, compute: Compute, digits: number])[] = [
  ["precision", (some) => precisionOf(postedCounts(some)), 2],
  ["recall of known P0-P2", (some) => recallOf(postedCounts(some)), 2],
  ["F1", (some) => f1Of(postedCounts(some)), 2],
  ["recall with folded findings", (some) => recallOf(shownCounts(some)), 2],
  ["comments per pull request", (some) => share(count(some, isPosted), some.length), 2],
  ["tokens per pull request", (some) => mean(some.map(tokensOf)), 0],
  ["US dollars per pull request", usdOf, 3],
];

const postedCounts = (cases: readonly ScoredCase[]): Counts => addCounts(cases.map((one) => countCase(one, isPosted)));
const shownCounts = (cases: readonly ScoredCase[]): Counts =>
  addCounts(cases.map((one) => countCase(one, (claim) => isPosted(claim) || isFolded(claim))));

const count = (cases: readonly ScoredCase[], pick: Parameters<typeof countCase>[1]): number =>
  addCounts(cases.map((one) => countCase(one, pick))).claims;

const meaning = (cases: readonly ScoredCase[]) =>
  cases.flatMap(({ claims }) => claims).filter((claim) => isPosted(claim) && claim.meansKnown);

const lineFigures = (figure: (compute: Compute) => Figure): Pick<Scores, "lineAccuracy" | "onTheLines"> => {
  return {
    lineAccuracy: figure((some) =>
      share(meaning(some).filter(({ matches }) => matches.length > 0).length, meaning(some).length),
    ),
    onTheLines: figure((some) =>
      share(meaning(some).filter(({ onTheLines }) => onTheLines).length, meaning(some).length),
    ),
  };
};

const commentsOf = (cases: readonly ScoredCase[]) => cases.flatMap(({ result }) => result.posted);
const suggestionsOf = (cases: readonly ScoredCase[]) => commentsOf(cases).flatMap(({ suggestion }) => suggestion ?? []);
const parsingsOf = (cases: readonly ScoredCase[]) => suggestionsOf(cases).flatMap(({ parses }) => parses ?? []);

const suggestionFigures = (
  cases: readonly ScoredCase[],
  figure: (compute: Compute) => Figure,
): Pick<Scores, "validLines" | "suggestions" | "suggestionsApply" | "suggestionsParse"> => {
  return {
    validLines: figure((some) =>
      share(commentsOf(some).filter(({ validLine }) => validLine).length, commentsOf(some).length),
    ),
    suggestions: suggestionsOf(cases).length,
    suggestionsApply: figure((some) =>
      share(suggestionsOf(some).filter(({ applies }) => applies).length, suggestionsOf(some).length),
    ),
    suggestionsParse: figure((some) => share(parsingsOf(some).filter(Boolean).length, parsingsOf(some).length)),
  };
};

const costFigures = (
  figure: (compute: Compute) => Figure,
): Pick<Scores, "tokensPerCase" | "secondsPerCase" | "usdPerCase"> => ({
  tokensPerCase: figure((some) => mean(some.map(tokensOf))),
  secondsPerCase: figure((some) => mean(some.flatMap(({ result }) => result.seconds ?? []))),
  usdPerCase: figure(usdOf),
});

const tokensOf = ({ result: { usage } }: ScoredCase): number => usage.inputTokens + usage.outputTokens;

/** Null where the cost of a single case is not known. */
function usdOf(cases: readonly ScoredCase[]): number | null {
  const known = cases.flatMap(({ result }) => result.usage.usd ?? []);
  return known.length === cases.length ? mean(known) : null;
}

const mean = (values: readonly number[]): number | null =>
  share(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );

/** Posted comments by what the judge said of them on their own. */
const worthOf = (cases: readonly ScoredCase[]): Readonly<Record<string, number>> => {
  const posted = cases.flatMap(({ claims }) => claims).filter(isPosted);
  const groups = Map.groupBy(posted, ({ judgement }) => judgement?.worth ?? "not judged");
  return Object.fromEntries([...groups].map(([worth, some]) => [worth, some.length]));
};
