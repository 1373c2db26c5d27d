import type { PlannedNote, PlannedReply, PublishPlan } from "../core/plan.ts";
import { findingMarker, noteMarker } from "../core/marker.ts";
import type { PullRequestRef } from "../core/pull-request.ts";
import { SupersededError } from "./errors.ts";
import { openLedger, type Ledger } from "./ledger.ts";
import type { CodeHost } from "./ports.ts";
import type { PublishDeps, PublishInput } from "./publish-deps.ts";
import { publishReview } from "./publish-review.ts";

/**
 * Carries a plan out, one write after the other, so that GitHub shows each exactly once whatever is lost in between.
 * Throws SupersededError before the first write when the head has moved.
 */
export const publish = async (deps: PublishDeps, input: PublishInput, signal: AbortSignal): Promise<void> => {
  const ledger = await openLedger(deps, input.plan.runId, signal);
  await assertHead(deps.host, input, signal);
  if (input.plan.review !== null) await publishReview(deps, { ...input, review: input.plan.review, ledger }, signal);
  for (const reply of input.plan.replies) await publishReply(deps.host, { ...input, reply, ledger }, signal);
  for (const note of input.plan.notes) await publishNote(deps.host, { ...input, note, ledger }, signal);
  await publishCheck(deps.host, { ...input, ledger }, signal);
  await publishReactions(deps.host, { ...input, ledger }, signal);
};

const assertHead = async (host: CodeHost, { ref, plan }: PublishInput, signal: AbortSignal): Promise<void> => {
  const head = await host.readHead(ref, signal);
  if (head !== null && head !== plan.headSha) throw new SupersededError(head);
};

const publishReply = async (
  host: CodeHost,
  { ref, plan, reply, ledger }: PublishInput & { readonly reply: PlannedReply; readonly ledger: Ledger },
  signal: AbortSignal,
): Promise<void> => {
  const marker = findingMarker({ runId: plan.runId, fingerprint: reply.fingerprint });
  await ledger.carryOut({
    key: `reply:${reply.fingerprint}`,
    send: async () =>
      String(
        (await host.replyInThread(ref, { threadId: reply.threadId, commentId: null, body: reply.body }, signal)).id,
      ),
    find: async () => idText(await host.findReply(ref, marker, signal)),
  });
};

const publishNote = async (
  host: CodeHost,
  { ref, plan, note, ledger }: PublishInput & { readonly note: PlannedNote; readonly ledger: Ledger },
  signal: AbortSignal,
): Promise<void> => {
  const marker = noteMarker({ key: note.key, runId: plan.runId });
  await ledger.carryOut({
    key: `note:${note.key}`,
    send: async () => String((await host.writeComment(ref, { id: note.commentId, body: note.body }, signal)).id),
    find: async () => idText(await host.findComment(ref, marker, signal)),
  });
};

interface CheckStep {
  readonly ref: PullRequestRef;
  readonly plan: Pick<PublishPlan, "runId" | "headSha" | "check">;
  readonly ledger: Ledger;
}

/** The check run that `announceRun` opened is completed; without one a completed check run is created. */
const publishCheck = async (host: CodeHost, { ref, plan, ledger }: CheckStep, signal: AbortSignal): Promise<void> => {
  if (plan.check === null) return;
  const check = { headSha: plan.headSha, externalId: plan.runId };
  const find = async (): Promise<string | null> => idText(await host.findCheck(ref, check, signal));
  const complete = async (id: string | null): Promise<string> => {
    const written = { ...check, id: id === null ? null : Number(id), plan: plan.check };
    return String((await host.writeCheck(ref, written, signal)).id);
  };
  const open = await ledger.recall({ key: "check:open", find });
  await ledger.carryOut({
    key: "check:done",
    send: () => complete(open),
    // A check run found by its external_id may still be the open one, so completing it again is the answer: an
    // update has the same effect however often it is made.
    find: async () => {
      const found = await find();
      return found === null ? null : complete(found);
    },
  });
};

/** Opens the check run and shows that the reviewer is at work. */
export const announceRun = async (
  deps: Omit<PublishDeps, "onRefusedLine">,
  run: {
    readonly ref: PullRequestRef;
    readonly runId: string;
    readonly headSha: string;
    readonly reactTo: readonly string[];
    readonly withCheck: boolean;
  },
  signal: AbortSignal,
): Promise<void> => {
  const { host } = deps;
  const ledger = await openLedger(deps, run.runId, signal);
  const check = { headSha: run.headSha, externalId: run.runId };
  if (run.withCheck)
    await ledger.carryOut({
      key: "check:open",
      send: async () => String((await host.writeCheck(run.ref, { ...check, id: null, plan: null }, signal)).id),
      find: async () => idText(await host.findCheck(run.ref, check, signal)),
    });
  const reactions = run.reactTo.map((subjectId) => ({ subjectId, content: "EYES" as const, action: "add" as const }));
  await reactOnce(host, { ref: run.ref, key: "reactions:open", reactions, ledger }, signal);
};

/** Takes back what `announceRun` showed of a run that nobody waits for: no check run stays "in progress". */
export const withdrawRun = async (
  deps: Omit<PublishDeps, "onRefusedLine">,
  run: {
    readonly ref: PullRequestRef;
    readonly runId: string;
    readonly headSha: string;
    readonly reason: string;
    /** Where the eyes go away; the run that takes over keeps looking. */
    readonly reactedTo: readonly string[];
  },
  signal: AbortSignal,
): Promise<void> => {
  const { host } = deps;
  const { ref, runId, headSha } = run;
  const ledger = await openLedger(deps, runId, signal);
  const find = async () => idText(await host.findCheck(ref, { headSha, externalId: runId }, signal));
  const check = { conclusion: "skipped", title: "Not reviewed to the end", summary: run.reason } as const;
  if ((await ledger.recall({ key: "check:open", find })) !== null)
    await publishCheck(host, { ref, plan: { runId, headSha, check }, ledger }, signal);
  const reactions = run.reactedTo.map((subjectId) => ({ subjectId, content: "EYES", action: "remove" }) as const);
  await reactOnce(host, { ref, key: "reactions:done", reactions, ledger }, signal);
};

const publishReactions = async (
  host: CodeHost,
  { ref, plan, ledger }: PublishInput & { readonly ledger: Ledger },
  signal: AbortSignal,
): Promise<void> => reactOnce(host, { ref, key: "reactions:done", reactions: plan.reactions, ledger }, signal);

/** Reactions need no look-up: adding one twice, or removing one that is gone, changes nothing on GitHub. */
const reactOnce = async (
  host: CodeHost,
  step: {
    readonly ref: PullRequestRef;
    readonly key: string;
    readonly reactions: PublishPlan["reactions"];
    readonly ledger: Ledger;
  },
  signal: AbortSignal,
): Promise<void> => {
  if (step.reactions.length === 0) return;
  await step.ledger.carryOut({
    key: step.key,
    send: async () => {
      await host.react(step.ref, step.reactions, signal);
      return "done";
    },
    find: () => Promise.resolve(null),
  });
};

const idText = (found: { readonly id: number } | null): string | null => (found === null ? null : String(found.id));
