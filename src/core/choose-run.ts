import { matchGlobs } from "./match-globs.ts";
import type { ReviewPolicy } from "./policy.ts";
import type { PullRequestSnapshot } from "./pull-request.ts";
import type { ReviewRequest, Trigger } from "./request.ts";

/** What is known of a pull request when somebody wants something of it. */
export interface RunFacts {
  readonly requests: readonly ReviewRequest[];
  readonly snapshot: PullRequestSnapshot;
  readonly policy: ReviewPolicy;
  /** Newest first. */
  readonly reviewed: readonly { readonly headSha: string; readonly mergeBase: string }[];
  readonly forks: "members" | "after_command" | "all";
  /** Whether the author may write to the repository; null where nobody had to ask (no fork, or a command). */
  readonly authorCanWrite: boolean | null;
}

export type RunChoice =
  /** `unlessMergeBase`: only the base changed, so there is nothing new if the merge base is still this one. */
  | { readonly kind: "review"; readonly incremental: boolean; readonly unlessMergeBase: string | null }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "last_reviewed"; readonly headSha: string | null }
  | { readonly kind: "nothing"; readonly reason: string };

const asked: readonly Trigger[] = ["command", "rerun", "manual"];

/**
 * Decides what a pull request's unanswered requests come to, as BEHAVIOUR's events table says. A command overrides
 * triggers, drafts, labels, authors and branches; budgets and ignored paths are judged elsewhere, for commands as well.
 */
export const chooseRun = (facts: RunFacts): RunChoice => {
  const { requests, snapshot } = facts;
  // What somebody asked for while it was open goes on; asking on a closed pull request is refused at the comment.
  if (requests.some(({ trigger }) => asked.includes(trigger))) return full;
  if (snapshot.state !== "open") return { kind: "nothing", reason: "the pull request is closed" };
  const reason = reasonToSkip(facts);
  if (reason !== null) return { kind: "skip", reason };
  return strongest(requests.map(({ trigger }) => choosers[trigger](facts)));
};

const reasonToSkip = (facts: RunFacts): string | null => {
  const { snapshot, policy } = facts;
  const { triggers } = policy;
  if (snapshot.isDraft && !triggers.drafts) return "it is a draft (`triggers.drafts` is off)";
  if (includesName(triggers.authors.ignore, snapshot.author))
    return "its author is on the list `triggers.authors.ignore`";
  const { include, exclude } = triggers.labels;
  if (snapshot.labels.some((label) => includesName(exclude, label)))
    return "it carries a label of `triggers.labels.exclude`";
  if (include.length > 0 && !snapshot.labels.some((label) => includesName(include, label)))
    return "it carries no label of `triggers.labels.include`";
  if (!matchGlobs(triggers.branches)(snapshot.baseRef)) return "its base branch is not among `triggers.branches`";
  return reasonAgainstFork(facts);
};

/** GitHub tells neither logins nor labels apart by case. */
const includesName = (names: readonly string[], name: string): boolean =>
  names.some((each) => each.toLowerCase() === name.toLowerCase());

const reasonAgainstFork = ({ snapshot, forks, authorCanWrite }: RunFacts): string | null => {
  if (!snapshot.isFork || forks === "all") return null;
  if (forks === "members" && authorCanWrite === true) return null;
  return "it comes from a fork; a maintainer can ask for a review with a command";
};

const full: RunChoice = { kind: "review", incremental: false, unlessMergeBase: null };

const ifTriggered = (on: boolean, name: string, facts: RunFacts): RunChoice => {
  if (isReviewed(facts)) return { kind: "nothing", reason: "this head was reviewed" };
  return on ? full : { kind: "skip", reason: `\`triggers.${name}\` is off` };
};

const onPush = (facts: RunFacts): RunChoice => {
  if (isReviewed(facts)) return { kind: "nothing", reason: "this head was reviewed" };
  const { on_push: mode } = facts.policy.triggers;
  if (mode === "off") return { kind: "last_reviewed", headSha: facts.reviewed[0]?.headSha ?? null };
  return { kind: "review", incremental: mode === "incremental", unlessMergeBase: null };
};

/** A head that was not reviewed yet is new against any base. */
const onBaseChanged = ({ reviewed, snapshot }: RunFacts): RunChoice => {
  const known = reviewed.find(({ headSha }) => headSha === snapshot.headSha);
  return { kind: "review", incremental: false, unlessMergeBase: known?.mergeBase ?? null };
};

const isReviewed = ({ reviewed, snapshot }: RunFacts): boolean =>
  reviewed.some(({ headSha }) => headSha === snapshot.headSha);

/** What one request comes to, nothing standing in its way. */
const choosers: Readonly<Record<Trigger, (facts: RunFacts) => RunChoice>> = {
  opened: (facts) => ifTriggered(facts.policy.triggers.opened, "opened", facts),
  reopened: (facts) => ifTriggered(facts.policy.triggers.opened, "opened", facts),
  ready_for_review: (facts) => ifTriggered(facts.policy.triggers.ready_for_review, "ready_for_review", facts),
  synchronize: onPush,
  base_changed: onBaseChanged,
  command: () => full,
  rerun: () => full,
  manual: () => full,
};

const order = ["review", "last_reviewed", "skip", "nothing"] as const;

/** One run answers all requests, so the one that wants most decides. */
const strongest = (choices: readonly RunChoice[]): RunChoice => {
  for (const kind of order) {
    const found = choices.filter((choice) => choice.kind === kind);
    const unconditional = found.find((choice) => choice.kind === "review" && choice.unlessMergeBase === null);
    const choice = unconditional ?? found[0];
    if (choice !== undefined) return choice;
  }
  return { kind: "nothing", reason: "nothing is wanted" };
};
