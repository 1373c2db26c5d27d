import { createHmac } from "node:crypto";
import type { Limits } from "../limits.ts";
import type { State } from "../state.ts";
import { waitOrStop } from "../wait-or-stop.ts";
import { newGuid, timestamp } from "../world.ts";
import type { WebhookEvent } from "../world.ts";
import type { DeliveryRecord } from "./delivery-record.ts";
import { createWebhookFaults } from "./webhook-faults.ts";
import type { WebhookFault, WebhookFaults } from "./webhook-faults.ts";

export interface Deliverer {
  readonly faults: WebhookFaults;
  /** Sends the event to the App's webhook; does nothing where no URL is set. */
  readonly announce: (event: WebhookEvent) => void;
  /** Sends a logged delivery again, with its GUID. */
  readonly redeliver: (delivery: DeliveryRecord) => void;
  /** Resolves when nothing is under way or held back. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** One delivery before it is sent: its body is fixed, its signature is made when it goes out. */
interface Letter {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly body: string;
  readonly redelivery: boolean;
}

interface Answer {
  readonly status: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface Outside {
  readonly state: State;
  readonly limits: Limits;
  readonly now: () => Date;
  readonly nextId: () => number;
}

const headersOf = (state: State, letter: Letter): Record<string, string> => {
  const sign = (algorithm: string): string =>
    `${algorithm}=${createHmac(algorithm, state.app.webhookSecret).update(letter.body).digest("hex")}`;
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/5a1d2c3",
    "x-github-delivery": letter.guid,
    "x-github-event": letter.event,
    "x-github-hook-id": String(state.app.id),
    "x-github-hook-installation-target-id": String(state.app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": sign("sha1"),
    "x-hub-signature-256": sign("sha256"),
  };
};

// GitHub documents only that a status of "OK" is a success; the other words are what its log has been seen to say.
const notDelivered = (error: unknown): Answer => {
  const late = error instanceof Error && error.name === "TimeoutError";
  return {
    status: late ? "timed out" : "failed to connect to host",
    statusCode: late ? 504 : 502,
    headers: {},
    body: null,
  };
};

async function post(
  url: string,
  letter: { headers: Record<string, string>; body: string },
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, { method: "POST", ...letter, signal, redirect: "manual" });
    return {
      status: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (error) {
    return notDelivered(error);
  }
}

const lost: Answer = { status: "failed to connect to host", statusCode: 502, headers: {}, body: null };

/** Sends one letter, or only says that it was lost, and writes it into the log. Answers within the limit or times out. */
function createPostman(outside: Outside, stopped: AbortSignal) {
  return async (letter: Letter, fate: "send" | "lose"): Promise<void> => {
    const { state, limits, now, nextId } = outside;
    const url = state.webhookUrl;
    if (url === null) return;
    const started = now();
    const headers = headersOf(state, letter);
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(limits.webhookTimeoutMs)]);
    const answer = fate === "lose" ? lost : await post(url, { headers, body: letter.body }, signal);
    const { headers: responseHeaders, body: responseBody, status, statusCode } = answer;
    const durationSeconds = (now().getTime() - started.getTime()) / 1000;
    const deliveredAt = timestamp(started);
    const sent = { requestHeaders: headers, url, deliveredAt, durationSeconds };
    state.deliveries.push({ id: nextId(), ...letter, ...sent, status, statusCode, responseHeaders, responseBody });
  };
}

/** GitHub's side of webhooks: signed, sent at once, given 10 s, logged, never retried by itself. */
export function createDeliverer(outside: Outside): Deliverer {
  const faults = createWebhookFaults();
  const underway = new Set<Promise<void>>();
  const stop = new AbortController();
  const send = createPostman(outside, stop.signal);
  let held: (() => void)[] = [];

  const track = (work: Promise<void>): void => {
    underway.add(work);
    void work.finally(() => underway.delete(work));
  };
  const release = (): void => {
    const waiting = held;
    held = [];
    for (const letGo of waiting) letGo();
  };
  const fates: Readonly<Record<WebhookFault["kind"], (letter: Letter, fault: WebhookFault) => Promise<void>>> = {
    lose: (letter) => send(letter, "lose"),
    vanish: () => Promise.resolve(),
    duplicate: async (letter) => void (await Promise.all([send(letter, "send"), send(letter, "send")])),
    delay: async (letter, fault) => {
      await waitOrStop(fault.delayMs ?? 0, stop.signal);
      await send(letter, "send");
    },
    reorder: (letter) => new Promise<void>((resolve) => held.push(resolve)).then(() => send(letter, "send")),
  };
  const dispatch = (letter: Letter): void => {
    const fault = faults.take(letter);
    if (fault?.kind === "reorder") return track(fates.reorder(letter, fault));
    const sending = fault === null ? send(letter, "send") : fates[fault.kind](letter, fault);
    track(held.length === 0 ? sending : sending.then(release));
  };
  const settled = async (): Promise<void> => {
    while (underway.size > 0) await Promise.all(underway);
  };
  return {
    faults,
    announce: ({ payload, ...event }) => {
      if (outside.state.webhookUrl === null) return;
      dispatch({ ...event, guid: newGuid(), body: JSON.stringify(payload), redelivery: false });
    },
    redeliver: ({ guid, event, action, installationId, repositoryId, body }) =>
      dispatch({ guid, event, action, installationId, repositoryId, body, redelivery: true }),
    settled,
    stop: async () => {
      stop.abort();
      release();
      await settled();
    },
  };
}
