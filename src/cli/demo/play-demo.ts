import { OperationalError } from "../../review/errors.ts";
import type { PullView, Simulator } from "../../simulator/simulator.ts";
import type { EventQueue } from "./event-queue.ts";
import { pushDemo } from "./push-demo.ts";
import type { RoundModel } from "./round-model.ts";
import { countPosted, showPosted, tellDelivery } from "./show-posted.ts";
import { tellEvent } from "./tell-event.ts";
import type { Terminal } from "./terminal.ts";

export interface Stage {
  readonly terminal: Terminal;
  readonly github: Simulator;
  readonly events: EventQueue;
  readonly rounds: RoundModel;
  readonly folder: string;
  /** Seconds without any news after which the demo gives up. */
  readonly patience: number;
}

/** The demo's three acts; answers with the pull request as it stands at the end. */
export const playDemo = async (stage: Stage): Promise<PullView> => {
  const { terminal, github, rounds } = stage;
  terminal.heading("1. A draft is left alone");
  const seen = github.deliveries().length;
  const { pull, author } = await pushDemo(github, stage.folder);
  terminal.tell([{ label: "pull request", text: `${pull.repo}#${pull.number} by ${author}: ${pull.title}` }]);
  await follow(stage, seen);

  terminal.heading("2. Marked ready, it is reviewed");
  await review(stage, pull, () => github.markReady(pull, author));

  terminal.heading("3. Asked again, the reviewer does not repeat itself");
  rounds.enter("second");
  const command = "@codex review";
  await review(stage, pull, () => {
    terminal.tell([{ label: "comment", text: `${author}: ${command}` }]);
    github.comment(pull, author, command);
  });
  return github.pull(pull);
};

/** Does what asks for a review and shows what comes of it; throws where no review does. */
const review = async (stage: Stage, pull: PullView, ask: () => void): Promise<void> => {
  const { terminal, github } = stage;
  const before = countPosted(github, pull);
  const seen = github.deliveries().length;
  ask();
  const { isReviewed, note } = await follow(stage, seen);
  if (!isReviewed) throw new OperationalError(`the pull request was not reviewed: ${note}`, { retryable: false });
  showPosted(terminal, { github, pull }, before);
};

/** Shows the deliveries since `seen`, then the run that they lead to until it has answered them. */
const follow = async (
  { terminal, github, events, patience }: Stage,
  seen: number,
): Promise<{ readonly isReviewed: boolean; readonly note: string }> => {
  await github.settled();
  const delivered = github.deliveries().slice(seen);
  terminal.tell(delivered.filter(({ repositoryId }) => repositoryId !== null).map(tellDelivery));
  let isReviewed = false;
  for (;;) {
    const event = await events.next(patience);
    isReviewed ||= event.kind === "reviewed";
    // What a review came to is shown as it stands on the pull request.
    if (event.kind !== "answered" || !isReviewed) terminal.tell(tellEvent(event));
    if (event.kind === "answered") return { isReviewed, note: event.note };
  }
};
