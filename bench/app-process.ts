/** The app in a process of its own, with a model that answers at once. Sends its address, each answer, and at the end its memory. */
import { once } from "node:events";
import { pino } from "pino";
import { z } from "zod";
import { composeApp } from "../src/compose.ts";
import { readEnvironment } from "../src/config/env.ts";
import { readOperatorPolicy } from "../src/config/operator.ts";
import { startServer, webhookPath } from "../src/webhook/server.ts";
import { createInstantModel } from "./instant-model.ts";

const { variables, analyzers, findings } = z
  .object({ variables: z.record(z.string(), z.string()), analyzers: z.boolean(), findings: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ""));

const environment = readEnvironment(variables);
if (environment.app === null) throw new Error("the bench names an App");
const logger = pino({ level: "error" }, pino.destination(2));
const app = await composeApp({
  environment,
  credentials: environment.app,
  operator: readOperatorPolicy(environment, () => ""),
  logger,
  role: environment.ROLE,
  processEnvironment: { PATH: process.env["PATH"] },
  model: createInstantModel(findings),
  observe: (event) => {
    if (event.kind === "answered") process.send?.({ answered: event.note });
  },
  // A failure is to end the bench, not to be tried again in silence.
  retry: { limit: 0, delaySeconds: 0, maxDelaySeconds: 0 },
  ...(analyzers ? {} : { analyzers: [] }),
});
await app.startWork();
const routes = { [webhookPath]: app.intake };
const onFailure = (error: unknown): void => logger.error({ err: error }, "a request failed");
const server = await startServer({ routes, onFailure }, { host: "127.0.0.1", port: 0 });
process.send?.({ url: server.url + webhookPath });

await once(process, "message");
await server.close();
await app.stop(5_000);
process.send?.({ peakMb: process.resourceUsage().maxRSS / 1024 });
process.disconnect();
