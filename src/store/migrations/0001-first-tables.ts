import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const statements = [
  sql`create table deliveries (
    guid text primary key,
    event text not null,
    action text,
    repository_id bigint,
    payload text,
    received_at timestamptz not null,
    handled_at timestamptz
  )`,
  sql`create index deliveries_repository on deliveries (repository_id) where payload is not null`,
  sql`create index deliveries_received on deliveries (received_at)`,
  sql`create table pull_requests (
    repository_id bigint not null,
    number integer not null,
    installation_id bigint not null,
    owner text not null,
    name text not null,
    lease_owner text,
    lease_expires_at timestamptz,
    primary key (repository_id, number)
  )`,
  sql`create table requests (
    id text primary key,
    position bigint generated always as identity,
    repository_id bigint not null,
    number integer not null,
    trigger text not null,
    authorized boolean not null,
    received_at timestamptz not null,
    request_json text not null,
    answered_at timestamptz,
    answered_by_run text,
    answer_note text,
    foreign key (repository_id, number) references pull_requests
  )`,
  sql`create index requests_open on requests (repository_id, number) where answered_at is null`,
  sql`create table runs (
    id text primary key,
    repository_id bigint not null,
    number integer not null,
    installation_id bigint not null,
    owner text not null,
    name text not null,
    head_sha text not null,
    merge_base text,
    request_ids_json text not null,
    state text not null,
    reason text,
    is_partial boolean not null,
    started_at timestamptz not null,
    finished_at timestamptz
  )`,
  sql`create index runs_pull_request on runs (repository_id, number, started_at)`,
  sql`create table stage_results (
    run_id text not null references runs on delete cascade,
    stage text not null,
    result_json text not null,
    primary key (run_id, stage)
  )`,
  sql`create table candidates (
    run_id text not null references runs on delete cascade,
    position integer not null,
    standing text not null,
    judged_json text not null,
    primary key (run_id, position)
  )`,
  sql`create table ledger (
    run_id text not null references runs on delete cascade,
    key text not null,
    position bigint generated always as identity,
    state text not null,
    remote_id text,
    primary key (run_id, key)
  )`,
  sql`create table journal (
    run_id text not null references runs on delete cascade,
    stage text not null,
    conversation text not null,
    turn integer not null,
    prompt_version text not null,
    digest text not null,
    request_json text not null,
    answer_json text not null,
    primary key (run_id, stage, conversation, turn)
  )`,
  sql`create table spending (
    installation_id bigint not null,
    repository_id bigint not null,
    usd double precision,
    spent_at timestamptz not null default now()
  )`,
  sql`create index spending_repository on spending (repository_id, spent_at)`,
  sql`create index spending_installation on spending (installation_id, spent_at)`,
  sql`create table sentences (
    repository_id bigint not null,
    number integer not null,
    key text not null,
    primary key (repository_id, number, key)
  )`,
];

/** Deliveries, what is wanted, leases, runs with their traces, and money. */
export const firstTables: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const statement of statements) await statement.execute(database);
  },
};
