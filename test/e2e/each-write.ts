import { Kind, OperationTypeNode, parse } from "graphql";
import { readMarkers } from "../../src/core/marker.ts";
import type { Model } from "../../src/review/model-ports.ts";
import type { Fault } from "../../src/simulator/http/faults.ts";
import type { Exchange } from "../../src/simulator/http/request-log.ts";
import type { PullView } from "../../src/simulator/simulator.ts";
import { textOf } from "../fakes/fake-model.ts";
import { countFinding, divisionFiles } from "./count-finding.ts";
import { createScriptedReviewer } from "./scripted-reviewer.ts";
import { pagedShop } from "./shop-files.ts";
import { openShop, type World } from "./world.ts";

/** A kind of request that changes something on GitHub. */
export interface Write {
  readonly name: string;
  readonly match: Pick<Fault["match"], "kind" | "method" | "route" | "operation">;
}

/** A round is one review: the first comes by itself, the others are asked for. Each finds something of its own. */
export const maxRounds = 10;

/** One file for each round, beside the defect that the second reader quotes. */
const files = {
  ...pagedShop,
  ...divisionFiles(maxRounds),
};

/** Reports the defect of the round that the command names; without a command the first one. */
export const reviewer: Model = {
  turn: (request, signal) => {
    const asked = /look at round-(\d+)/.exec(textOf(request))?.[1] ?? "0";
    return createScriptedReviewer([countFinding(Number(asked))]).turn(request, signal);
  },
};

export const openParts = ({ github }: World, name: string): Promise<PullView> =>
  openShop(github, { name, head: files });

/** Plays one round on each of the pull requests, all at once. */
export const playRound = async (world: World, round: number, pulls: readonly PullView[]): Promise<void> => {
  for (const pull of pulls) world.github.comment(pull, "alice", `@codex review look at round-${round}`);
  await world.answered("command", round * pulls.length);
};

const isWrite = ({ kind, method, graphql }: Exchange): boolean => {
  if (kind === "rest") return method !== "GET";
  if (kind !== "graphql" || graphql === null) return false;
  return parse(graphql.query).definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION,
  );
};

const writeOf = ({ kind, method, route, operations: [operation] }: Exchange): Write =>
  kind === "graphql" && operation !== undefined
    ? { name: operation, match: { kind, operation } }
    : { name: `${method} ${route}`, match: { kind, method, route } };

/** The kinds of writes that GitHub sees until the answer stops the listening, by name. */
export const watchWrites = ({ github }: World): { readonly writes: Map<string, Write>; readonly stop: () => void } => {
  const writes = new Map<string, Write>();
  const stop = github.observe((exchange) => {
    const write = isWrite(exchange) ? writeOf(exchange) : null;
    if (write !== null) writes.set(write.name, write);
  });
  return { writes, stop };
};

/** Hits the next such write on this pull request: a REST path names its repository, a mutation only its nodes. */
export const breakWrite = (
  { github }: World,
  pull: PullView,
  fault: Pick<Fault, "kind" | "onHit"> & { readonly write: Write },
): void => {
  const { kind, onHit, write } = fault;
  const isOfPull = (body: unknown): boolean =>
    [pull, ...github.comments(pull)].some(({ nodeId }) => JSON.stringify(body).includes(nodeId));
  github.faults.add({
    kind,
    match: {
      ...write.match,
      ...(write.match.kind === "rest" ? { path: new RegExp(`^/repos/${pull.repo}/`) } : { body: isOfPull }),
    },
    ...(onHit === undefined ? {} : { onHit }),
  });
};

/** What people see of the app's work on a pull request. */
export const show = ({ github }: World, pull: PullView) => ({
  reviews: github.reviews(pull).map(({ comments }) => comments.map(({ path }) => path).join(" ")),
  pending: github.pendingReviews(pull).length,
  checks: github.checkRuns(pull.headSha).map(({ status, conclusion }) => `${status} ${conclusion}`),
  comments: github
    .comments(pull)
    .flatMap(({ author, body }) => (author === "codex-review[bot]" ? [readMarkers(body).key] : [])),
  reactions: [pull, ...github.comments(pull)].flatMap(({ nodeId }) => github.reactions(nodeId)),
});
type Shown = ReturnType<typeof show>;

/** What is to be seen after `round`: one review for each, one summary from the second on, nothing left open. */
export const shownAfter = (round: number): Shown => {
  const each = Array.from({ length: round + 1 }, (_, at) => at);
  return {
    reviews: each.map((at) => `src/part-${at}.ts`),
    pending: 0,
    checks: each.map(() => "completed neutral"),
    comments: round === 0 ? [] : ["summary"],
    reactions: [],
  };
};
