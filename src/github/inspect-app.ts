import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { CodeHostError } from "../review/errors.ts";
import { createOctokit, type OctokitOptions } from "./create-octokit.ts";
import { toCodeHostError } from "./to-code-host-error.ts";

export interface AppFacts {
  readonly slug: string;
  /** The login of the account that the App belongs to. */
  readonly owner: string;
  /** What the App asks for: `read`, `write` or `admin` by permission. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  readonly installations: number;
}

export interface HookDelivery {
  readonly event: string;
  /** "OK", or GitHub's words for what went wrong. */
  readonly status: string;
  /** 0 where the server did not answer. */
  readonly statusCode: number;
  readonly deliveredAt: string;
}

/** What GitHub says about the App itself. Each throws CodeHostError. */
export interface AppInspection {
  readonly facts: (signal: AbortSignal) => Promise<AppFacts>;
  /** Null where the App has no webhook. */
  readonly webhookUrl: (signal: AbortSignal) => Promise<string | null>;
  /** The last ones, newest first; GitHub keeps three days. */
  readonly deliveries: (signal: AbortSignal) => Promise<readonly HookDelivery[]>;
}

const factsSchema = z
  .object({
    slug: z.string(),
    owner: z.object({ login: z.string() }),
    permissions: z.record(z.string(), z.string()),
    events: z.array(z.string()),
    installations_count: z.int(),
  })
  .transform(({ installations_count: installations, owner, ...facts }): AppFacts => ({
    ...facts,
    owner: owner.login,
    installations,
  }));

const hookSchema = z.object({ url: z.string().optional() }).transform(({ url = "" }) => (url === "" ? null : url));

const deliveriesSchema = z.array(
  z
    .object({ event: z.string(), status: z.string(), status_code: z.int(), delivered_at: z.string() })
    .transform(({ event, status, status_code: statusCode, delivered_at: deliveredAt }): HookDelivery => ({
      event,
      status,
      statusCode,
      deliveredAt,
    })),
);

type Inspect = OctokitOptions & { readonly appId: number; readonly privateKey: string };

/** Asks as the App, with its own key and without any installation. */
export const inspectApp = (options: Inspect): AppInspection => {
  const octokit = createOctokit(options);
  const authenticate = createAppAuth({
    appId: options.appId,
    privateKey: options.privateKey,
    request: octokit.request,
  });
  const ask = async <T>(route: "GET /app" | "GET /app/hook/config", answer: z.ZodType<T>, signal: AbortSignal) =>
    askOnce(options, async () => {
      const { data } = await octokit.request(route, await asApp(authenticate, signal));
      return answer.parse(data);
    });
  return {
    facts: (signal) => ask("GET /app", factsSchema, signal),
    webhookUrl: (signal) => ask("GET /app/hook/config", hookSchema, signal),
    deliveries: (signal) =>
      askOnce(options, async () => {
        const headers = await asApp(authenticate, signal);
        const { data } = await octokit.request("GET /app/hook/deliveries", { ...headers, per_page: 30 });
        return deliveriesSchema.parse(data);
      }),
  };
};

const asApp = async (authenticate: ReturnType<typeof createAppAuth>, signal: AbortSignal) => {
  const { token } = await authenticate({ type: "app" });
  return { headers: { authorization: `bearer ${token}` }, request: { signal } };
};

const askOnce = async <T>({ clock }: OctokitOptions, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    throw toCodeHostError(error, clock.now()) ?? error;
  }
};

/** Whether somebody has this login. Asked without credentials, as GitHub takes an App's key for `/app` alone. */
export const loginIsTaken = async (options: OctokitOptions, login: string, signal: AbortSignal): Promise<boolean> => {
  const octokit: Octokit = createOctokit(options);
  try {
    await askOnce(options, () => octokit.request("GET /users/{username}", { username: login, request: { signal } }));
    return true;
  } catch (error) {
    if (error instanceof CodeHostError && error.status === 404) return false;
    throw error;
  }
};
