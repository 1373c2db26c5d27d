import type { PullRequestRef, RepositoryRef } from "../core/pull-request.ts";

/** A repository in REST routes. */
export const repositoryParameters = (ref: RepositoryRef) => ({ owner: ref.owner, repo: ref.name });

/** A pull request in REST routes under /pulls. */
export const pullRequestParameters = (ref: PullRequestRef) => ({
  ...repositoryParameters(ref),
  pull_number: ref.number,
});

/** A pull request in GraphQL queries. */
export const pullRequestVariables = (ref: PullRequestRef) => ({ owner: ref.owner, name: ref.name, number: ref.number });
