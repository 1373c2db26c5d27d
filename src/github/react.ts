import { z } from "zod";
import type { PlannedReaction } from "../core/plan.ts";
import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import type { GraphqlProblem } from "./graphql-call.ts";

/** All reactions in one mutation, one alias each: r0, r1, … Nothing to do sends nothing. */
export const react =
  (connection: Connection): CodeHost["react"] =>
  async (ref, reactions, signal) => {
    if (reactions.length === 0) return;
    const variables = Object.fromEntries(
      reactions.flatMap(({ subjectId, content }, at) => [
        [`s${at}`, subjectId],
        [`c${at}`, content],
      ]),
    );
    const tolerates = (problem: GraphqlProblem) => isDoneAlready(problem, reactions);
    const answer = z.unknown();
    await connection.mutate(
      { ref, step: "publish", query: mutationFor(reactions), variables, answer, tolerates },
      signal,
    );
  };

const mutationFor = (reactions: readonly PlannedReaction[]): string => {
  const parameters = reactions.map((_, at) => `$s${at}: ID!, $c${at}: ReactionContent!`);
  const aliases = reactions.map(
    ({ action }, at) => `r${at}: ${action}Reaction(input: { subjectId: $s${at}, content: $c${at} }) { subject { id } }`,
  );
  return `mutation React(${parameters.join(", ")}) {\n  ${aliases.join("\n  ")}\n}`;
};

/** A comment that was deleted takes no reaction, and a reaction that is gone needs no removing. */
const isDoneAlready = ({ type, path }: GraphqlProblem, reactions: readonly PlannedReaction[]): boolean => {
  if (type === "NOT_FOUND") return true;
  const at = Number(/^r(\d+)$/.exec(String(path?.[0]))?.[1] ?? Number.NaN);
  return type === "UNPROCESSABLE" && reactions[at]?.action === "remove";
};
