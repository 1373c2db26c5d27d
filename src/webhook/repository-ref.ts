import type { PullRequestRef, RepositoryRef } from "../core/pull-request.ts";
import type { RepositoryEvent } from "./payloads.ts";

export const repositoryRef = (event: RepositoryEvent): RepositoryRef => ({
  installationId: event.installation.id,
  repositoryId: event.repository.id,
  owner: event.repository.owner.login,
  name: event.repository.name,
});

export const pullRequestRef = (event: RepositoryEvent, number: number): PullRequestRef => ({
  ...repositoryRef(event),
  number,
});
