import type { ReviewBrief } from "../core/brief.ts";
import type { Budget } from "../core/budget.ts";
import { addUsage } from "../core/budget.ts";
import type { ChangedFile } from "../core/change.ts";
import { inParallel } from "../core/in-parallel.ts";
import { shareBudget } from "../core/share-budget.ts";
import { noUsage, type Notice } from "../core/run.ts";
import { surroundingsOf } from "../core/surroundings.ts";
import { truncateText } from "../core/truncate.ts";
import { findCandidates, type AgentDeps, type AgentTask, type Found } from "./agent/run-agent.ts";
import { ModelError } from "./errors.ts";

export interface BundledTask {
  /** About the whole change. */
  readonly brief: ReviewBrief;
  readonly bundles: readonly (readonly ChangedFile[])[];
  /** For all bundles together. */
  readonly budget: Budget;
  readonly effort: AgentTask["effort"];
}

export type FoundInBundles = Pick<
  Found,
  "candidates" | "withdrawn" | "verdict" | "coverage" | "usage" | "notices" | "instructionsSeen"
>;

const atOnce = 3;
const longestVerdict = 1500;

/**
 * Has each bundle read in a conversation of its own, three at a time, and puts together what they found. A bundle that
 * got no answer is said to be unread; throws the `ModelError` where none got one.
 */
export const findInBundles = async (
  deps: AgentDeps,
  task: BundledTask,
  signal: AbortSignal,
): Promise<FoundInBundles> => {
  const { brief, bundles, effort } = task;
  if (bundles.length < 2)
    return findCandidates(deps, { brief, budget: task.budget, effort, conversation: "main" }, signal);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const startedAt = deps.clock.now().getTime();
  const read: (Found | ModelError)[] = [];
  const readBundle = async (index: number): Promise<void> => {
    const spent = (deps.clock.now().getTime() - startedAt) / 1000;
    read[index] = await tryBundle(deps, taskOf(task, { index, seconds: task.budget.seconds - spent }), either);
  };
  // One that fails for good must not leave the others reading on.
  await inParallel([...bundles.keys()], atOnce, readBundle).finally(() => stop.abort());
  return merge(read, task);
};

const taskOf = (
  { brief, bundles, budget, effort }: BundledTask,
  { index, seconds }: { readonly index: number; readonly seconds: number },
): AgentTask => {
  const files = bundles[index] ?? [];
  const paths = new Set(files.map(({ path }) => path));
  const rounds = Math.ceil((bundles.length - index) / atOnce);
  return {
    brief: {
      ...brief,
      files,
      surroundings: surroundingsOf(brief.surroundings, paths),
      bundle: { number: index + 1, of: bundles.length, allFiles: brief.files },
    },
    budget: { ...shareBudget(budget, bundles.map(weightOf), index), seconds: seconds / rounds },
    effort,
    conversation: index === 0 ? "main" : `bundle-${index + 1}`,
  };
};

const weightOf = (files: readonly ChangedFile[]): number =>
  files.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);

/** A model that is down for one bundle is this stage's boundary: what the others find stays. */
const tryBundle = async (deps: AgentDeps, task: AgentTask, signal: AbortSignal): Promise<Found | ModelError> => {
  try {
    return await findCandidates(deps, task, signal);
  } catch (error) {
    if (!(error instanceof ModelError) || error.kind === "replay") throw error;
    return error;
  }
};

const isFailure = (each: Found | ModelError): each is ModelError => each instanceof ModelError;
const isFound = (each: Found | ModelError): each is Found => !isFailure(each);

const merge = (read: readonly (Found | ModelError)[], { bundles }: BundledTask): FoundInBundles => {
  const answered = read.filter(isFound);
  const [failure] = read.filter(isFailure);
  if (answered.length === 0 && failure !== undefined) throw failure;
  const verdicts = answered.flatMap(({ verdict }) => verdict ?? []);
  return {
    candidates: read.flatMap((each, bundle) => (isFound(each) ? renamed(each, bundle) : [])),
    withdrawn: answered.flatMap(({ withdrawn }) => withdrawn),
    verdict:
      verdicts.length === 0
        ? null
        : verdicts.map((verdict) => truncateText(verdict, longestVerdict / verdicts.length)).join("\n\n"),
    coverage: read.flatMap((each, bundle) =>
      isFound(each) ? each.coverage : unreadFiles(bundles[bundle] ?? [], each),
    ),
    usage: answered.map(({ usage }) => usage).reduce(addUsage, noUsage),
    notices: distinct([
      ...answered.flatMap(({ notices }) => notices),
      ...(failure === undefined ? [] : [unreadNotice(read, failure)]),
    ]),
    instructionsSeen: answered.flatMap(({ instructionsSeen }) => instructionsSeen),
  };
};

/** Each conversation counts its reports from 1; the first one's names stay as they are. */
const renamed = ({ candidates }: Found, bundle: number): Found["candidates"] =>
  bundle === 0 ? candidates : candidates.map((each, index) => ({ ...each, id: `agent-${bundle + 1}-${index + 1}` }));

const unreadFiles = (files: readonly ChangedFile[], { message }: ModelError): FoundInBundles["coverage"] =>
  files.map(({ path }) => ({ path, read: "none", reason: message }));

const unreadNotice = (read: readonly (Found | ModelError)[], { message }: ModelError): Notice => {
  const failed = read.filter(isFailure).length;
  return { kind: "partial", text: `${failed} of ${read.length} parts of the change were not read: ${message}` };
};

const distinct = (notices: readonly Notice[]): readonly Notice[] => [
  ...new Map(notices.map((notice) => [`${notice.kind} ${notice.text}`, notice])).values(),
];
