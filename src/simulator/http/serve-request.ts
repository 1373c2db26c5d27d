import type { IncomingMessage, ServerResponse } from "node:http";
import { GitHubError } from "../github-error.ts";
import { newGuid } from "../world.ts";
import { applyFault } from "./apply-fault.ts";
import type { Outcome } from "./apply-fault.ts";
import type { Caller } from "./caller.ts";
import type { Faults } from "./faults.ts";
import { rateHeaders } from "./rate-limit.ts";
import { json } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { RequestLog } from "./request-log.ts";
import { findTarget, readCaller } from "./target.ts";
import type { Incoming, Parts, Target } from "./target.ts";

export interface Serving extends Parts {
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly stopped: AbortSignal;
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const errorReply = (error: GitHubError): Reply =>
  json(error.status, {
    message: error.message,
    ...(error.errors.length === 0 ? {} : { errors: error.errors }),
    documentation_url: "https://docs.github.com/rest",
    status: String(error.status),
  });

/** A bug of the simulator's is told to its owner, not hidden in a 500 that callers retry. */
const toReply = (serving: Serving, error: unknown): Reply => {
  if (error instanceof GitHubError) return errorReply(error);
  const failure = error instanceof Error ? error : new Error(String(error));
  serving.onFailure(failure);
  return json(500, { message: `The simulator failed: ${failure.message}` });
};

const guarded = async (serving: Serving, serve: () => Promise<Reply>): Promise<Reply> => {
  try {
    return await serve();
  } catch (error) {
    return toReply(serving, error);
  }
};

const budgetHeaders = (serving: Serving, target: Target, caller: Caller | null): Record<string, string> =>
  caller === null || target.kind === "git" || target.kind === "page"
    ? {}
    : rateHeaders(serving.limiter.read(caller, target.resource ?? "core"));

interface Answered {
  readonly outcome: Outcome;
  readonly caller: Caller | null;
}

async function answer(serving: Serving, target: Target, incoming: Incoming): Promise<Answered> {
  const seen: { caller: Caller | null } = { caller: null };
  const serve = async (): Promise<Reply> => {
    seen.caller = readCaller(serving, incoming);
    if (target.resource !== null) serving.limiter.spend(seen.caller, target.resource);
    return target.serve(seen.caller);
  };
  const fault = serving.faults.take(target);
  const outside = { now: serving.world.now(), stopped: serving.stopped };
  const outcome = await applyFault(fault, () => guarded(serving, serve), outside);
  if (typeof outcome === "string") return { outcome, caller: seen.caller };
  const headers = { ...budgetHeaders(serving, target, seen.caller), ...outcome.headers };
  return { outcome: { ...outcome, headers }, caller: seen.caller };
}

const jsonType = { "content-type": "application/json; charset=utf-8", "x-github-media-type": "github.v3; format=json" };

const write = (response: ServerResponse, outcome: Outcome): void => {
  if (outcome === "hang") return;
  if (outcome === "reset") return void response.socket?.resetAndDestroy();
  const type = outcome.json === undefined ? {} : jsonType;
  response.writeHead(outcome.status, {
    ...type,
    ...outcome.headers,
    "x-github-request-id": newGuid(),
    server: "simulator",
  });
  response.end(outcome.json === undefined ? outcome.bytes : JSON.stringify(outcome.json));
};

const record = (serving: Serving, incoming: Incoming, answered: Answered & { readonly target: Target }): void => {
  const { target, caller, outcome } = answered;
  const { kind, method, route, path, operations, body, graphql } = target;
  const reply = typeof outcome === "string" ? null : outcome;
  serving.log.write({
    kind,
    method,
    route,
    path,
    operations,
    tokenId: caller !== null && "id" in caller ? caller.id : null,
    status: reply?.status ?? null,
    query: Object.fromEntries(incoming.url.searchParams),
    requestBody: body,
    responseHeaders: reply?.headers ?? {},
    responseBody: reply?.json ?? null,
    graphql: graphql === null ? null : { query: graphql.query, variables: graphql.variables ?? {} },
  });
};

/** Answers one HTTP request: read, find the target, apply a fault, serve, record, write. */
export async function serveRequest(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", serving.world.url);
  const incoming = { method: request.method ?? "GET", url, headers: request.headers, body: await readBody(request) };
  try {
    const target = findTarget(serving, incoming);
    const { outcome, caller } = await answer(serving, target, incoming);
    record(serving, incoming, { target, caller, outcome });
    write(response, outcome);
  } catch (error) {
    write(response, toReply(serving, error));
  }
}
