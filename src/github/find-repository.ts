import { z } from "zod";
import type { RepositoryRef } from "../core/pull-request.ts";
import { CodeHostError } from "../review/errors.ts";
import { createConnection, type ConnectionOptions } from "./connection.ts";

/** With a token of one's own, which needs no installation. */
export type TokenConnection = ConnectionOptions & { readonly auth: { readonly kind: "token" } };

/** A repository by its name, null where the token sees none. Webhooks bring the id with them; people write a name. */
export const findRepository = async (
  options: TokenConnection,
  { owner, name }: { readonly owner: string; readonly name: string },
  signal: AbortSignal,
): Promise<RepositoryRef | null> => {
  const nameless: RepositoryRef = { installationId: 0, repositoryId: 0, owner, name };
  const call = {
    ref: nameless,
    step: "read",
    send: (request) => request("GET /repos/{owner}/{repo}", { owner, repo: name }),
    answer: z.object({ id: z.int() }),
  } satisfies Parameters<ReturnType<typeof createConnection>["read"]>[0];
  try {
    const { id } = await createConnection(options).read(call, signal);
    return { ...nameless, repositoryId: id };
  } catch (error) {
    if (error instanceof CodeHostError && error.status === 404) return null;
    throw error;
  }
};
