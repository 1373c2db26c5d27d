import type { AppInspection, HookDelivery } from "../../github/inspect-app.ts";
import { CodeHostError } from "../../review/errors.ts";
import { webhookPath } from "../../webhook/server.ts";
import type { Check } from "./check.ts";

interface WebhookWorld {
  readonly app: AppInspection;
  /** Where deliveries are forwarded from, on a laptop. */
  readonly proxyUrl: string | undefined;
  readonly fetch: typeof fetch;
}

/** Whether GitHub knows where to send events, whether this server is there, and what became of the last ones. */
export const checkWebhook = async (world: WebhookWorld, signal: AbortSignal): Promise<readonly Check[]> => {
  try {
    const url = await world.app.webhookUrl(signal);
    const deliveries = judgeDeliveries(await world.app.deliveries(signal));
    return [await checkUrl(url, world, signal), deliveries];
  } catch (error) {
    if (!(error instanceof CodeHostError)) throw error;
    const mend = "mend what is said about the App first, then try again";
    return [{ result: "failed", topic: "webhook", said: error.message, mend }];
  }
};

const checkUrl = async (url: string | null, world: WebhookWorld, signal: AbortSignal): Promise<Check> => {
  const topic = "webhook";
  if (url === null)
    return {
      result: "failed",
      topic,
      said: "the App has no webhook URL",
      mend: `set it on the App's page to https://your.host${webhookPath}, and tick Active`,
    };
  if (world.proxyUrl !== undefined) return checkProxy(url, world.proxyUrl);
  return judgeAnswer(url, await statusOf(url, world.fetch, signal));
};

const checkProxy = (url: string, proxyUrl: string): Check => {
  const topic = "webhook";
  if (url === proxyUrl) return { result: "ok", topic, said: `${url}, forwarded from there` };
  const mend = "set the App's webhook URL to WEBHOOK_PROXY_URL, or unset WEBHOOK_PROXY_URL";
  return { result: "failed", topic, said: `GitHub sends to ${url}, not to ${proxyUrl}`, mend };
};

/** An unsigned delivery: this program answers 401 and does nothing. Null where nobody answers. */
const statusOf = async (url: string, send: typeof fetch, signal: AbortSignal): Promise<number | null> => {
  try {
    const headers = { "content-type": "application/json" };
    return (await send(url, { method: "POST", body: "{}", headers, signal, redirect: "manual" })).status;
  } catch (error) {
    // What fetch throws where no answer comes, and what the signal's time limit throws.
    if (error instanceof TypeError || signal.aborted) return null;
    throw error;
  }
};

const judgeAnswer = (url: string, status: number | null): Check => {
  const topic = "webhook";
  if (status === 401) return { result: "ok", topic, said: `${url} answers, and refuses what is not signed` };
  if (status === null)
    return {
      result: "note",
      topic,
      said: `${url} does not answer from here`,
      mend: "start the server; where only GitHub can reach the URL, look at the deliveries below",
    };
  return {
    result: "failed",
    topic,
    said: `${url} answers ${status}, where codex-review would answer 401`,
    mend: `let the URL lead to this server's ${webhookPath}`,
  };
};

export const judgeDeliveries = (deliveries: readonly HookDelivery[]): Check => {
  const topic = "deliveries";
  const [last] = deliveries;
  if (last === undefined)
    return {
      result: "note",
      topic,
      said: "GitHub has sent nothing in the last three days",
      mend: "install the App on a repository, and check that its webhook is active",
    };
  const failed = deliveries.filter(({ statusCode }) => statusCode < 200 || statusCode > 299);
  const said = `${deliveries.length - failed.length} of the last ${deliveries.length} were taken`;
  if (failed.length === 0) return { result: "ok", topic, said };
  const [newest] = failed;
  const detail = newest === undefined ? "" : `; ${newest.event} at ${newest.deliveredAt}: ${newest.status}`;
  const lastFailed = newest === last;
  return {
    result: lastFailed ? "failed" : "note",
    topic,
    said: `${said}${detail}`,
    mend: lastFailed
      ? mendFor(last.statusCode)
      : "nothing, where the server was down then; the App's page shows each under Advanced",
  };
};

const mendFor = (status: number): string => {
  if (status === 401) return "WEBHOOK_SECRET is not the one on the App's page: set the same on both sides";
  if (status === 503) return "the store did not answer in time: see the check of the store and the server's log";
  return "let the webhook URL lead to this server, and look at the server's log";
};
