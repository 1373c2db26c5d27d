import type { KeyObject } from "node:crypto";
import { createAccount } from "./actions/accounts.ts";
import { nodeId } from "./node-id.ts";
import { fullPermissions } from "./permission.ts";
import type { Permissions } from "./permission.ts";
import type { AppIdentity } from "./state.ts";
import { timestamp } from "./world.ts";

const allEvents = [
  "pull_request",
  "issue_comment",
  "pull_request_review",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
  "merge_group",
] as const;

export interface NewApp {
  readonly id: number;
  readonly slug: string;
  readonly publicKey: KeyObject;
  readonly webhookSecret: string;
  readonly name?: string | undefined;
  readonly permissions?: Permissions | undefined;
  readonly events?: readonly string[] | undefined;
}

/** The App with its bot account `slug[bot]`; it asks for everything where nothing is said. */
export function createAppIdentity(
  input: NewApp,
  from: { readonly nextId: () => number; readonly now: () => Date },
): AppIdentity {
  return {
    id: input.id,
    nodeId: nodeId("A", input.id),
    slug: input.slug,
    name: input.name ?? input.slug,
    owner: createAccount(from.nextId, "app-owner", "User"),
    bot: createAccount(from.nextId, `${input.slug}[bot]`, "Bot"),
    publicKey: input.publicKey,
    webhookSecret: input.webhookSecret,
    permissions: input.permissions ?? fullPermissions,
    events: input.events ?? allEvents,
    createdAt: timestamp(from.now()),
  };
}
