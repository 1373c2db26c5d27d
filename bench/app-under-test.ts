import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { startChild } from "./child.ts";
import type { StorePlace } from "./store-places.ts";

export const benchApp = {
  id: 4711,
  slug: "codex-review",
  webhookSecret: "a secret for the bench",
  ...generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }),
};

export interface RunningApp {
  readonly webhookUrl: string;
  /** Resolves when the next request is answered, with what the app says of it. */
  readonly answered: () => Promise<string>;
  /** Stops it; answers the most memory that its process ever held, without git and other helpers. */
  readonly stop: () => Promise<{ readonly peakMb: number }>;
}

export interface AppOptions {
  readonly place: StorePlace;
  readonly githubUrl: string;
  readonly role: "all" | "web";
  readonly analyzers: boolean;
  readonly findings: number;
}

/** Starts the app in a process of its own. */
export const startApp = async (options: AppOptions): Promise<RunningApp> => {
  const { place, githubUrl, role, analyzers, findings } = options;
  const variables = {
    APP_ID: String(benchApp.id),
    PRIVATE_KEY: benchApp.privateKey,
    WEBHOOK_SECRET: benchApp.webhookSecret,
    GHE_HOST: githubUrl,
    ALLOWED_OWNERS: "acme",
    ROLE: role,
    ...place.variables,
  };
  const child = startChild("app-process.ts", { variables, analyzers, findings });
  const { url } = z.object({ url: z.string() }).parse(await child.next());
  return {
    webhookUrl: url,
    answered: async () => z.object({ answered: z.string() }).parse(await child.next()).answered,
    stop: async () => {
      child.send({ stop: true });
      const memory = z.object({ peakMb: z.number() }).parse(await child.next());
      await child.ended;
      return memory;
    },
  };
};
