import { pullJson } from "../json/pull-json.ts";
import type { Json } from "../json/urls.ts";
import type { Account, Pull } from "../state.ts";
import type { World } from "../world.ts";
import { announceRepoEvent } from "./event-base.ts";

export interface PullEvent {
  readonly action: string;
  readonly sender: Account;
  /** `before` and `after`, `changes`, `label`: what only this action carries. */
  readonly extra?: Json;
}

export const announcePull = (world: World, pull: Pull, { action, sender, extra }: PullEvent): void =>
  announceRepoEvent(world, pull.repo, {
    event: "pull_request",
    action,
    sender,
    payload: { number: pull.number, pull_request: pullJson(world, pull), ...extra },
  });
