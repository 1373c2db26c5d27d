import { schema as githubSchema } from "@octokit/graphql-schema";
import { buildSchema, getOperationAST, getVariableValues, GraphQLError, parse, validate } from "graphql";
import { isObject } from "./openapi-document.ts";

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: unknown;
}

/** Holds GraphQL requests and their variables against GitHub's schema. */
export const createGraphqlCheck = (): ((request: GraphqlRequest) => readonly string[]) => {
  const schema = buildSchema(githubSchema.idl, { assumeValidSDL: true });
  return ({ query, variables }) => {
    const document = parseQuery(query);
    if (document instanceof GraphQLError) return [`GraphQL: ${document.message}`];
    const given = isObject(variables) ? variables : {};
    const operation = getOperationAST(document);
    const declared = operation?.variableDefinitions ?? [];
    const names = new Set(declared.map(({ variable }) => variable.name.value));
    const undeclared = Object.keys(given).filter((name) => !names.has(name));
    const { errors = [] } = getVariableValues(schema, declared, given);
    return [
      ...[...validate(schema, document), ...errors].map((error) => `GraphQL: ${error.message}`),
      ...undeclared.map((name) => `GraphQL: variable $${name} is not declared`),
    ];
  };
};

const parseQuery = (query: string) => {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
};
