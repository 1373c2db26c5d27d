import { createProbot, type Probot } from "probot";
import { registerHandlers } from "./app.ts";
import type { HandlerDeps } from "./handler-deps.ts";

type ReceivedEvent = Parameters<Probot["receive"]>[0];

const handledEvents = new Set([
  "pull_request",
  "issue_comment",
  "pull_request_review_comment",
  "pull_request_review",
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

/**
 * Hands stored deliveries to Probot's handlers: the given GUID's delivery is received and then marked as handled. A
 * handler that fails makes it reject, and the job is tried again.
 */
export const createDeliveryHandler = async (
  deps: HandlerDeps,
  credentials: ProbotCredentials,
): Promise<(guid: string, signal: AbortSignal) => Promise<void>> => {
  // createProbot reads process.env unless it is given another environment.
  const probot = createProbot({ env: {}, overrides: { ...credentials, logLevel: "fatal" } });
  const signals = new Map<string, AbortSignal>();
  await probot.load((app) => {
    registerHandlers(app, deps, (guid) => signals.get(guid) ?? AbortSignal.timeout(60_000));
  });
  await probot.ready();
  return async (guid, signal) => {
    const delivery = await deps.deliveries.readDelivery(guid);
    if (delivery === null) return;
    const event = { id: guid, name: delivery.event, payload: parsePayload(delivery.payload) };
    signals.set(guid, signal);
    try {
      if (isReceivedEvent(event)) await probot.receive(event);
    } finally {
      signals.delete(guid);
    }
    await deps.deliveries.markHandled(guid);
  };
};

const parsePayload = (text: string): unknown => JSON.parse(text);
