import { createGraphqlCheck, type GraphqlRequest } from "./graphql-check.ts";
import { createRestCheck, type RestExchange } from "./rest-check.ts";
import { createWebhookCheck, type WebhookSent } from "./webhook-check.ts";

/** One request to the API and its answer. `graphql` is set where it went to the GraphQL endpoint. */
export interface ApiExchange extends RestExchange {
  readonly graphql: GraphqlRequest | null;
}

export interface GitHubSchemaCheck {
  /** What is wrong with a request or its answer by GitHub's own descriptions; empty when nothing is. */
  readonly exchange: (exchange: ApiExchange) => readonly string[];
  readonly webhook: (sent: WebhookSent) => readonly string[];
}

/** GitHub's own descriptions (OpenAPI, GraphQL schema, webhooks) as a check; each is loaded when it is first needed. */
export const createGitHubSchemaCheck = (): GitHubSchemaCheck => {
  const rest = once(createRestCheck);
  const graphql = once(createGraphqlCheck);
  const webhook = once(createWebhookCheck);
  return {
    exchange: (exchange) => (exchange.graphql === null ? rest()(exchange) : graphql()(exchange.graphql)),
    webhook: (sent) => webhook()(sent),
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
