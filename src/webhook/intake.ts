import type { IncomingMessage, ServerResponse } from "node:http";
import { verify } from "@octokit/webhooks-methods";
import { z } from "zod";
import type { Clock, Delivery, DeliveryStore, Queue, WantedInput } from "../review/ports.ts";
import { decide } from "./decide.ts";
import { readBody } from "./read-body.ts";

export interface IntakeDeps {
  readonly secret: string;
  readonly appId: number;
  readonly deliveries: DeliveryStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

interface Answer {
  readonly status: number;
  readonly message: string;
}

/** GitHub sends at most 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const maxBytes = 25 * 1024 * 1024;
const bodyWithinMs = 8_000;
/** GitHub gives up after 10 s; a 503 within them stands in its log, from where the delivery can be taken again. */
const commitWithinMs = 5_000;

/** Takes one webhook request: 2xx only once the delivery, what it wants and its jobs are committed. */
export const createIntake =
  (deps: IntakeDeps) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await takeDelivery(deps, request).catch((error: unknown): Answer => {
      deps.onFailure(error);
      return { status: 503, message: "the delivery could not be stored; send it again" };
    });
    response.writeHead(answer.status, {
      "content-type": "application/json",
      // A body that was refused is not read on, so the connection cannot be used again.
      ...(answer.status === 413 || answer.status === 408 ? { connection: "close" } : {}),
    });
    response.end(JSON.stringify({ message: answer.message }));
  };

const takeDelivery = async (deps: IntakeDeps, request: IncomingMessage): Promise<Answer> => {
  if (request.method !== "POST") return { status: 405, message: "webhooks are sent with POST" };
  const body = await readBody(request, { maxBytes, withinMs: bodyWithinMs });
  if ("refused" in body) return refusals[body.refused];
  const text = body.bytes.toString("utf8");
  if (!(await signatureHolds(deps.secret, text, header(request, "x-hub-signature-256"))))
    return { status: 401, message: "the signature does not match; check the webhook secret" };
  const headers = headersSchema.safeParse(request.headers);
  if (!headers.success)
    return { status: 400, message: "the headers x-github-event and x-github-delivery are missing or malformed" };
  return takeSigned(deps, { guid: headers.data["x-github-delivery"], event: headers.data["x-github-event"], text });
};

const refusals: Readonly<Record<"too_large" | "too_slow", Answer>> = {
  too_large: { status: 413, message: "the body is over 25 MB" },
  too_slow: { status: 408, message: "the body did not arrive in time" },
};

const headersSchema = z.object({
  "x-github-delivery": z.string().regex(/^[\w-]{1,100}$/),
  "x-github-event": z.string().regex(/^[a-z_]{1,60}$/),
});

const header = (request: IncomingMessage, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
};

const signatureHolds = async (secret: string, text: string, signature: string | null): Promise<boolean> =>
  signature !== null && /^sha256=[\da-f]{64}$/.test(signature) && (await verify(secret, text, signature));

const takeSigned = async (
  deps: IntakeDeps,
  signed: { readonly guid: string; readonly event: string; readonly text: string },
): Promise<Answer> => {
  const payload = parseJson(signed.text);
  if (payload === undefined)
    return { status: 400, message: "the body is not JSON; set the webhook's content type to application/json" };
  if (signed.event === "ping") return { status: 200, message: "pong" };
  const receivedAt = deps.clock.now();
  const decision = decide({ guid: signed.guid, event: signed.event, payload, receivedAt, appId: deps.appId });
  if (decision.kind === "malformed") return { status: 400, message: decision.problem };
  if (decision.kind === "ignore") return { status: 202, message: `nothing to do: ${decision.reason}` };
  const delivery: Delivery = {
    guid: signed.guid,
    event: signed.event,
    action: actionSchema.parse(payload).action,
    payload: signed.text,
    receivedAt,
  };
  return store(deps, delivery, decision);
};

const actionSchema = z.object({ action: z.string().nullable().default(null) });

const parseJson = (text: string): unknown => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
};

const store = async (
  deps: IntakeDeps,
  delivery: Delivery,
  decision: { readonly wanted: readonly WantedInput[]; readonly handle: boolean },
): Promise<Answer> => {
  const tooLate = new AbortController();
  const late = deps.clock
    .sleep(commitWithinMs, tooLate.signal)
    .then((): Answer => ({ status: 503, message: "the store did not answer in time; send the delivery again" }));
  const committed = commit(deps, delivery, decision);
  // A commit that lands after the 503 is harmless: the GUID is known when the delivery comes again. One that fails
  // then has nobody else to tell.
  committed.catch(deps.onFailure);
  try {
    return await Promise.race([committed, late]);
  } finally {
    late.catch(() => undefined);
    tooLate.abort();
  }
};

const commit = (
  deps: IntakeDeps,
  delivery: Delivery,
  { wanted, handle }: { readonly wanted: readonly WantedInput[]; readonly handle: boolean },
): Promise<Answer> =>
  deps.deliveries.transaction(async (connection) => {
    if (!(await deps.deliveries.insertDelivery(delivery, connection))) return { status: 200, message: "known already" };
    for (const want of wanted) {
      await deps.deliveries.insertWanted(want, connection);
      if (want.authorized) await deps.queue.send({ kind: "pull_request", pullRequest: want.pullRequest }, connection);
    }
    if (handle) await deps.queue.send({ kind: "delivery", guid: delivery.guid }, connection);
    return { status: 202, message: "accepted" };
  });
