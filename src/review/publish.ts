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
  const check = plan.check;
  const open = ledger.remoteId("check:open");
  await ledger.carryOut({
    key: "check:done",
    send: async () => {
      const id = open === null ? null : Number(open);
      const written = await host.writeCheck(
        ref,
        { id, headSha: plan.headSha, externalId: plan.runId, plan: check },
        signal,
      );
      return String(written.id);
    },
    // A check run found by its external_id may still be the open one, so completing it again is the answer: an
    // update has the same effect however often it is made.
    find: async () => {
      const found = await host.findCheck(ref, { headSha: plan.headSha, externalId: plan.runId }, signal);
      if (found === null) return null;
      await host.writeCheck(ref, { id: found.id, headSha: plan.headSha, externalId: plan.runId, plan: check }, signal);
      return String(found.id);
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

/** Ends the check run of a head that nobody waits for any more, so that it does not stay "in progress". */
export const closeSuperseded = async (
  deps: Omit<PublishDeps, "onRefusedLine">,
  run: { readonly ref: PullRequestRef; readonly runId: string; readonly headSha: string; readonly reason: string },
  signal: AbortSignal,
): Promise<void> => {
  const ledger = await openLedger(deps, run.runId, signal);
  if (ledger.remoteId("check:open") === null) return;
  const check = { conclusion: "skipped", title: "Not reviewed to the end", summary: run.reason } as const;
  const plan = { runId: run.runId, headSha: run.headSha, check };
  await publishCheck(deps.host, { ref: run.ref, plan, ledger }, signal);
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
