import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhooks } from "@octokit/webhooks";
import { z } from "zod";
import type { Clock } from "../review/ports.ts";
import type { Delivery, DeliveryStore, Queue, SqlConnection } from "../review/store-ports.ts";
import { decide, type DeliveryDecision } from "./decide.ts";
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
export const createIntake = (deps: IntakeDeps) => {
  const { verify } = new Webhooks({ secret: deps.secret });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await takeDelivery({ ...deps, verify }, request);
    response.writeHead(answer.status, {
      "content-type": "application/json",
      ...(answer.status === 405 ? { allow: "POST" } : {}),
      // A body that was not read to its end leaves a connection that cannot be used again.
      ...(request.complete ? {} : { connection: "close" }),
    });
    response.end(JSON.stringify({ message: answer.message }));
  };
};

type Verify = Webhooks["verify"];

const takeDelivery = async (
  deps: IntakeDeps & { readonly verify: Verify },
  request: IncomingMessage,
): Promise<Answer> => {
  if (request.method !== "POST") return { status: 405, message: "webhooks are sent with POST" };
  const body = await readBody(request, { maxBytes, withinMs: bodyWithinMs });
  if ("refused" in body) return refusals[body.refused];
  const text = body.bytes.toString("utf8");
  if (!(await signatureHolds(deps.verify, text, request.headers["x-hub-signature-256"])))
    return { status: 401, message: "the signature does not match; check the webhook secret" };
  const headers = headersSchema.safeParse(request.headers);
  if (!headers.success)
    return { status: 400, message: "the headers x-github-event and x-github-delivery are missing or malformed" };
  return takeSigned(deps, { guid: headers.data["x-github-delivery"], event: headers.data["x-github-event"], text });
};

const refusals: Readonly<Record<"too_large" | "too_slow" | "cut_off", Answer>> = {
  too_large: { status: 413, message: "the body is over 25 MB" },
  too_slow: { status: 408, message: "the body did not arrive in time" },
  cut_off: { status: 400, message: "the body ended too early" },
};

const headersSchema = z.object({
  "x-github-delivery": z.string().regex(/^[\w-]{1,100}$/),
  "x-github-event": z.string().regex(/^[a-z_]{1,60}$/),
});

/** Bytes that are no UTF-8 do not survive decoding, so they fail here: GitHub sends none. */
const signatureHolds = async (verify: Verify, text: string, signature: unknown): Promise<boolean> =>
  text !== "" &&
  typeof signature === "string" &&
  /^sha256=[\da-f]{64}$/.test(signature) &&
  (await verify(text, signature));

const takeSigned = async (
  deps: IntakeDeps,
  signed: { readonly guid: string; readonly event: string; readonly text: string },
): Promise<Answer> => {
  const { guid, event, text } = signed;
  const payload = payloadSchema.safeParse(text);
  if (!payload.success)
    return { status: 400, message: "the body is no JSON object; set the webhook's content type to application/json" };
  if (event === "ping") return { status: 200, message: "pong" };
  const receivedAt = deps.clock.now();
  const decision = decide({ guid, event, payload: payload.data, receivedAt, appId: deps.appId });
  if (decision.kind === "malformed") return { status: 400, message: decision.problem };
  if (decision.kind === "ignore") return { status: 202, message: `nothing to do: ${decision.reason}` };
  return store(deps, { guid, event, action: payload.data.action, payload: text, receivedAt }, decision);
};

const payloadSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      context.addIssue("no JSON");
      return z.NEVER;
    }
  })
  .pipe(z.looseObject({ action: z.string().nullable().default(null) }));

type Accepted = Extract<DeliveryDecision, { readonly kind: "want" | "handle" }>;

const notStored: Answer = { status: 503, message: "the delivery could not be stored; send it again" };

const store = async (deps: IntakeDeps, delivery: Delivery, decision: Accepted): Promise<Answer> => {
  const stored = deps.deliveries
    .transaction((connection) => write(deps, { delivery, decision }, connection))
    .catch((error: unknown) => {
      deps.onFailure(error);
      return notStored;
    });
  const answered = new AbortController();
  // A commit that lands after the 503 is harmless: the GUID is known when the delivery comes again.
  const late = deps.clock.sleep(commitWithinMs, answered.signal).then(
    () => notStored,
    () => notStored,
  );
  const answer = await Promise.race([stored, late]);
  answered.abort();
  return answer;
};

const write = async (
  deps: IntakeDeps,
  { delivery, decision }: { readonly delivery: Delivery; readonly decision: Accepted },
  connection: SqlConnection,
): Promise<Answer> => {
  if (!(await deps.deliveries.insertDelivery(delivery, connection)))
    return { status: 202, message: "known already; nothing was done again" };
  if (decision.kind === "handle") await deps.queue.send({ kind: "delivery", guid: delivery.guid }, connection);
  else
    for (const wanted of decision.wanted) {
      await deps.deliveries.insertWanted(wanted, connection);
      await deps.queue.send({ kind: "pull_request", pullRequest: wanted.pullRequest }, connection);
    }
  return { status: 202, message: "accepted" };
};
