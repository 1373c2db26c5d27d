import { checkRunJson, checkSuiteJson, checkSuiteReferenceJson, simpleCommitJson } from "../json/check-json.ts";
import type { Account, CheckRun, CheckSuite, Commit, Repo } from "../state.ts";
import type { World } from "../world.ts";
import { announceRepoEvent } from "./event-base.ts";

export const announceCheckRun = (world: World, run: CheckRun, event: { action: string; sender: Account }): void =>
  announceRepoEvent(world, run.suite.repo, {
    event: "check_run",
    ...event,
    payload: { check_run: { ...checkRunJson(world, run), check_suite: checkSuiteReferenceJson(world, run.suite) } },
  });

export const announceCheckSuite = (
  world: World,
  suite: CheckSuite,
  event: { action: string; sender: Account; head: Commit },
): void =>
  announceRepoEvent(world, suite.repo, {
    event: "check_suite",
    action: event.action,
    sender: event.sender,
    payload: { check_suite: checkSuiteJson(world, suite, event.head) },
  });

export interface MergeGroup {
  readonly baseRef: string;
  readonly baseSha: string;
  readonly headRef: string;
  readonly head: Commit;
  readonly sender: Account;
}

export const announceMergeGroup = (world: World, repo: Repo, group: MergeGroup): void =>
  announceRepoEvent(world, repo, {
    event: "merge_group",
    action: "checks_requested",
    sender: group.sender,
    payload: {
      merge_group: {
        head_sha: group.head.sha,
        head_ref: group.headRef,
        base_sha: group.baseSha,
        base_ref: group.baseRef,
        head_commit: simpleCommitJson(group.head),
      },
    },
  });
