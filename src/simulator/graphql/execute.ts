import { execute, GraphQLError, Kind, OperationTypeNode, parse, validate } from "graphql";
import type { DocumentNode, GraphQLFieldResolver, GraphQLResolveInfo, OperationDefinitionNode } from "graphql";
import { z } from "zod";
import { findRepo } from "../actions/repos.ts";
import { GitHubError, notFound, notImitated } from "../github-error.ts";
import { actorOf, permissionsOn } from "../http/caller.ts";
import type { Caller } from "../http/caller.ts";
import type { Budget } from "../http/rate-limit.ts";
import { timestamp } from "../world.ts";
import type { World } from "../world.ts";
import { actorNode } from "./actor-node.ts";
import { noSuchRepo } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";
import { mutationFields } from "./mutations.ts";
import { nodeById } from "./node-by-id.ts";
import { pullNode } from "./pull-node.ts";
import { repositoryNode } from "./repository-node.ts";
import { githubSchema } from "./schema.ts";

export const graphqlRequest = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
export type GraphqlRequest = z.output<typeof graphqlRequest>;

type Field = (args: unknown) => unknown;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isField = (value: unknown): value is Field => typeof value === "function";

/** Arguments that some field heeds; each is unknown to the fields that do not. */
const heededArguments = new Set(
  "first last after before states author content id owner name number path expression oid qualifiedName input".split(
    " ",
  ),
);

const refuseUnheeded = (info: GraphQLResolveInfo): void => {
  const given = info.fieldNodes.flatMap((field) => field.arguments ?? []).map((argument) => argument.name.value);
  const unknown = given.find((name) => !heededArguments.has(name));
  if (unknown === undefined) return;
  throw notImitated(`the argument ${unknown} of the GraphQL field ${info.parentType.name}.${info.fieldName}`);
};

/** A field that no node names is not imitated: an error, never a null that misleads. */
// oxlint-disable-next-line max-params -- the signature is graphql's
const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, info) => {
  if (!isFields(source) || !(info.fieldName in source)) {
    throw notImitated(`the GraphQL field ${info.parentType.name}.${info.fieldName}`);
  }
  refuseUnheeded(info);
  const value = source[info.fieldName];
  return isField(value) ? value(args) : value;
};

const repositoryArguments = z.looseObject({ owner: z.string(), name: z.string() });

const repository = (asking: Asking, args: unknown): Fields => {
  const { owner, name } = repositoryArguments.parse(args);
  const repo = findRepo(asking.world, owner, name);
  if (repo === null || permissionsOn(asking.caller, repo) === null) throw noSuchRepo(`${owner}/${name}`);
  return repositoryNode(asking, repo);
};

const queryFields = (asking: Asking, budget: () => Budget): Fields => ({
  repository: (args: unknown) => repository(asking, args),
  node: (args: unknown) => nodeById(asking, z.looseObject({ id: z.string() }).parse(args).id),
  viewer: () => actorNode(asking.world, asking.viewer),
  rateLimit: () => {
    const { limit, used, remaining, reset } = budget();
    return { limit, used, remaining, cost: 1, nodeCount: 0, resetAt: timestamp(new Date(reset * 1000)) };
  },
});

const operationOf = (document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined =>
  document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .find((operation) => typeof name !== "string" || operation.name?.value === name);

/** Top-level fields by name, for counting and for faults; empty where the text is no GraphQL. */
export function operationNames({ query, operationName }: GraphqlRequest): readonly string[] {
  try {
    const operation = operationOf(parse(query, { noLocation: true }), operationName);
    const selections = operation?.selectionSet.selections ?? [];
    return selections.filter((selection) => selection.kind === Kind.FIELD).map((field) => field.name.value);
  } catch (error) {
    if (error instanceof GraphQLError) return [];
    throw error;
  }
}

const typesByStatus: Readonly<Record<number, string>> = {
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  422: "UNPROCESSABLE",
  501: "NOT_IMITATED",
};

// REST's second line, the sentences of `errors`, is GraphQL's message.
const messageOf = (error: GitHubError): string => {
  const [first] = error.errors;
  return typeof first === "string" ? first : error.message;
};

const formatError = (error: GraphQLError): Record<string, unknown> => {
  const { originalError } = error;
  const { locations, path } = error.toJSON();
  const place = { ...(path === undefined ? {} : { path }), ...(locations === undefined ? {} : { locations }) };
  if (!(originalError instanceof GitHubError)) {
    return { ...place, extensions: { code: "simulatorFailure" }, message: error.message };
  }
  const type = originalError.graphqlType ?? typesByStatus[originalError.status] ?? "UNPROCESSABLE";
  return { type, ...place, message: messageOf(originalError) };
};

const refusal = (errors: readonly GraphQLError[]): Record<string, unknown> => ({
  errors: errors.map((error) => ({ ...error.toJSON(), extensions: { code: "invalidRequest" } })),
});

const parseDocument = (query: string): DocumentNode | GraphQLError => {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
};

export interface GraphqlCall {
  readonly world: World;
  readonly caller: Caller;
  readonly request: GraphqlRequest;
  readonly budget: () => Budget;
  /** Told of errors that are the simulator's own. */
  readonly onFailure: (error: Error) => void;
}

/** Answers one request over GitHub's real schema; problems stand in `errors` of a 200. */
export async function executeGraphql({
  world,
  caller,
  request,
  budget,
  onFailure,
}: GraphqlCall): Promise<Record<string, unknown>> {
  const document = parseDocument(request.query);
  if (document instanceof GraphQLError) return refusal([document]);
  const schema = githubSchema();
  const problems = validate(schema, document);
  if (problems.length > 0) return refusal(problems);
  const asking: Asking = {
    world,
    caller,
    viewer: actorOf(world, caller).account,
    up: { pull: pullNode, repository: repositoryNode },
  };
  const operation = operationOf(document, request.operationName);
  if (operation === undefined) throw notFound();
  const { data, errors = [] } = await execute({
    schema,
    document,
    rootValue:
      operation.operation === OperationTypeNode.MUTATION ? mutationFields(asking) : queryFields(asking, budget),
    variableValues: request.variables ?? {},
    operationName: request.operationName,
    fieldResolver: resolveField,
  });
  for (const { originalError } of errors) {
    if (originalError instanceof Error && !(originalError instanceof GitHubError)) onFailure(originalError);
  }
  return { data: data ?? null, ...(errors.length === 0 ? {} : { errors: errors.map(formatError) }) };
}
