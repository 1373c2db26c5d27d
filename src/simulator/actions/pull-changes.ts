import { labelJson } from "../json/pull-json.ts";
import type { Account, Pull } from "../state.ts";
import { announcePull } from "../webhooks/pull-events.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import { ensureLabel } from "./repos.ts";

/** What people do to an open pull request beside pushing to it. Each changes the state and sends its event. */

export function setDraft(world: World, pull: Pull, change: { draft: boolean; sender: Account }): void {
  if (pull.draft === change.draft) return;
  pull.draft = change.draft;
  pull.updatedAt = stamp(world);
  announcePull(world, pull, {
    action: change.draft ? "converted_to_draft" : "ready_for_review",
    sender: change.sender,
  });
}

export function editText(
  world: World,
  pull: Pull,
  change: { title?: string | undefined; body?: string | undefined; sender: Account },
): void {
  const changes = {
    ...(change.title === undefined ? {} : { title: { from: pull.title } }),
    ...(change.body === undefined ? {} : { body: { from: pull.body ?? "" } }),
  };
  pull.title = change.title ?? pull.title;
  pull.body = change.body ?? pull.body;
  pull.updatedAt = stamp(world);
  announcePull(world, pull, { action: "edited", sender: change.sender, extra: { changes } });
}

export function closePull(world: World, pull: Pull, change: { merged: boolean; sender: Account }): void {
  pull.state = "closed";
  pull.closedAt = stamp(world);
  pull.updatedAt = stamp(world);
  pull.merged = change.merged;
  pull.mergedAt = change.merged ? pull.closedAt : null;
  pull.mergedBy = change.merged ? change.sender : null;
  announcePull(world, pull, { action: "closed", sender: change.sender });
}

export function reopenPull(world: World, pull: Pull, sender: Account): void {
  pull.state = "open";
  pull.closedAt = null;
  pull.updatedAt = stamp(world);
  announcePull(world, pull, { action: "reopened", sender });
}

export function addLabel(world: World, pull: Pull, change: { name: string; sender: Account }): void {
  const label = ensureLabel(world, pull.repo, change.name);
  if (pull.labels.includes(label)) return;
  pull.labels = [...pull.labels, label];
  pull.updatedAt = stamp(world);
  announcePull(world, pull, {
    action: "labeled",
    sender: change.sender,
    extra: { label: labelJson(world, pull.repo, label) },
  });
}
