import { createProbot, type Probot } from "probot";
import { registerHandlers } from "./app.ts";
import { CodeHostError } from "../review/errors.ts";
import type { HandlerDeps } from "./handler-deps.ts";

type ReceivedEvent = Parameters<Probot["receive"]>[0];

const handledEvents = new Set([
  "pull_request",
  "issue_comment",
  "pull_request_review_comment",
  "pull_request_review",
  "check_run",
  "check_suite",
  "merge_group",
  "installation",
  "installation_repositories",
]);

/** Intake has held the payload against the schemas; the handlers parse what they use of it once more. */
const isReceivedEvent = (event: { id: string; name: string; payload: unknown }): event is ReceivedEvent =>
  handledEvents.has(event.name);

export interface ProbotCredentials {
  readonly appId: number;
  readonly privateKey: string;
  readonly secret: string;
}

interface Work {
  readonly receivedAt: Date;
  readonly signal: AbortSignal;
}

/**
 * Hands stored deliveries to Probot's handlers: the given GUID's delivery is received and then marked as handled. A
 * handler that fails makes it reject with what it threw, and the job is tried again; without access to the repository
 * there is nobody left to answer, so that counts as handled.
 */
export const createDeliveryHandler = async (
  deps: HandlerDeps,
  credentials: ProbotCredentials,
): Promise<(guid: string, signal: AbortSignal) => Promise<void>> => {
  // createProbot reads process.env unless it is given another environment.
  const probot = createProbot({ env: {}, overrides: { ...credentials, logLevel: "fatal" } });
  const underWay = new Map<string, Work>();
  await probot.load((app) => {
    registerHandlers(app, deps, (guid) => workOn(underWay, guid));
  });
  await probot.ready();
  return async (guid, signal) => {
    const delivery = await deps.deliveries.readDelivery(guid);
    if (delivery === null) return;
    const event = { id: guid, name: delivery.event, payload: parsePayload(delivery.payload) };
    underWay.set(guid, { receivedAt: delivery.receivedAt, signal });
    try {
      if (isReceivedEvent(event)) await probot.receive(event);
    } catch (error) {
      const cause = onlyCause(error);
      if (!isAccessGone(cause)) throw cause;
    } finally {
      underWay.delete(guid);
    }
    await deps.deliveries.markHandled(guid);
  };
};

const parsePayload = (text: string): unknown => JSON.parse(text);

const workOn = (underWay: ReadonlyMap<string, Work>, guid: string): Work => {
  const work = underWay.get(guid);
  if (work === undefined) throw new Error(`delivery ${guid} reached a handler without being taken from the store`);
  return work;
};

const isAccessGone = (error: unknown): boolean => error instanceof CodeHostError && error.accessGone;

/** Probot wraps what its handlers throw; the queue goes by the error itself: it may say when to try again. */
const onlyCause = (error: unknown): unknown => {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.length === 1 ? errors[0] : error;
};
