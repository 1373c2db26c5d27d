import type { Generated } from "kysely";
import type { LedgerState, RunState } from "../review/store-ports.ts";

/**
 * The tables as the last migration leaves them. Columns named `*_json` hold JSON as text: PostgreSQL's own json types
 * refuse the escaped NUL characters that code under review may contain.
 */
export interface Tables {
  readonly deliveries: {
    readonly guid: string;
    readonly event: string;
    readonly action: string | null;
    readonly repository_id: number | null;
    /** Null once it was dropped: the repository was forgotten, or its time is over. */
    readonly payload: string | null;
    readonly received_at: Date;
    readonly handled_at: Date | null;
  };
  readonly pull_requests: {
    readonly repository_id: number;
    readonly number: number;
    readonly installation_id: number;
    readonly owner: string;
    readonly name: string;
    readonly lease_owner: string | null;
    readonly lease_expires_at: Date | null;
  };
  readonly requests: {
    readonly id: string;
    readonly position: Generated<number>;
    readonly repository_id: number;
    readonly number: number;
    readonly trigger: string;
    readonly received_at: Date;
    readonly request_json: string;
    readonly answered_at: Date | null;
    readonly answered_by_run: string | null;
    readonly answer_note: string | null;
  };
  readonly runs: {
    readonly id: string;
    readonly repository_id: number;
    readonly number: number;
    readonly installation_id: number;
    readonly owner: string;
    readonly name: string;
    readonly head_sha: string;
    readonly merge_base: string | null;
    readonly request_ids_json: string;
    /** Null where the pull request could not be read, and in rows of the first version. */
    readonly author: string | null;
    readonly state: RunState;
    readonly reason: string | null;
    readonly is_partial: boolean;
    readonly started_at: Date;
    readonly finished_at: Date | null;
  };
  readonly stage_results: { readonly run_id: string; readonly stage: string; readonly result_json: string };
  readonly candidates: {
    readonly run_id: string;
    readonly position: number;
    readonly standing: string;
    readonly judged_json: string;
  };
  readonly ledger: {
    readonly run_id: string;
    readonly key: string;
    readonly position: Generated<number>;
    readonly state: LedgerState;
    readonly remote_id: string | null;
  };
  readonly journal: {
    readonly run_id: string;
    readonly stage: string;
    readonly conversation: string;
    readonly turn: number;
    readonly prompt_version: string;
    readonly digest: string;
    readonly request_json: string;
    readonly answer_json: string;
  };
  /** Money of model calls. It names no content, so it outlives a forgotten repository: budgets are per installation. */
  readonly spending: {
    readonly installation_id: number;
    readonly repository_id: number;
    readonly usd: number | null;
    readonly spent_at: Generated<Date>;
  };
  readonly sentences: {
    readonly repository_id: number;
    readonly number: number;
    readonly key: string;
    readonly speaker: string;
  };
}
