import { z } from "zod";
import type { RepositoryRef } from "../core/pull-request.ts";
import { CodeHostError } from "../review/errors.ts";
import { retryAfterMs } from "./to-code-host-error.ts";
import type { Step } from "./tokens.ts";

/** An entry of GraphQL's `errors`. `type` is GitHub's own; it is missing where the server itself failed. */
const problemSchema = z.object({
  type: z.string().optional(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string().optional() }).optional(),
});
export type GraphqlProblem = z.infer<typeof problemSchema>;

const envelopeSchema = z.object({ data: z.unknown(), errors: z.array(problemSchema).optional() });

export interface GraphqlCall<T> {
  readonly ref: RepositoryRef;
  readonly step: Step;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: z.ZodType<T>;
  /** Problems that leave a null in the answer and are no failure. */
  readonly tolerates?: (problem: GraphqlProblem) => boolean;
}

/** GitHub Enterprise Server serves REST under /api/v3 and GraphQL beside it, under /api/graphql. */
export const graphqlUrlOf = (apiUrl: string): string =>
  apiUrl
    .replace(/\/+$/, "")
    .replace(/\/api\/v3$/, "/api")
    .concat("/graphql");

/** The `data` of an answer; throws for problems that the call does not tolerate. GraphQL reports them inside a 200. */
export const readEnvelope = <T>(
  call: GraphqlCall<T>,
  body: unknown,
  answered: { readonly headers: Readonly<Record<string, string | number | undefined>>; readonly now: Date },
): T => {
  const { data, errors = [] } = envelopeSchema.parse(body);
  const problem = errors.find((each) => call.tolerates?.(each) !== true);
  if (problem !== undefined) throw problemError(problem, retryAfterMs(answered.headers, answered.now));
  return call.answer.parse(data);
};

export const isNotFound = (problem: GraphqlProblem): boolean => problem.type === "NOT_FOUND";

const problemError = (problem: GraphqlProblem, retryAfter: number | null): CodeHostError => {
  const limited = problem.type === "RATE_LIMITED";
  // Without type and code it is the server's own failure ("Something went wrong while executing your query").
  const failed = problem.type === undefined && problem.extensions?.code === undefined;
  const kind = problem.type ?? problem.extensions?.code ?? "server error";
  return new CodeHostError(`GitHub GraphQL ${kind} at ${(problem.path ?? []).join(".")}: ${problem.message}`, {
    outcome: failed ? "unknown" : "refused",
    retryable: limited || failed,
    retryAfterMs: limited ? (retryAfter ?? 60_000) : null,
  });
};
