import { readFile } from "node:fs/promises";
import pino from "pino";
import { z } from "zod";
import { composeApp } from "../../src/compose.ts";
import { readEnvironment } from "../../src/config/env.ts";
import { readOperatorPolicy } from "../../src/config/operator.ts";
import { startServer, webhookPath } from "../../src/webhook/server.ts";

/**
 * Takes webhooks as the app does and never answers one: prints its address, then a line for each delivery whose answer
 * is ready. Its settings are the JSON file that the parent process names, its store an image that it may start from.
 */
const [settingsPath = "", imagePath = ""] = process.argv.slice(2);
const settings = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(settingsPath, "utf8")));
const environment = readEnvironment(settings);
if (environment.app === null) throw new Error("the settings name no App");
const app = await composeApp({
  environment,
  credentials: environment.app,
  operator: readOperatorPolicy(environment, () => ""),
  logger: pino({ level: "error" }, pino.destination(2)),
  role: "web",
  processEnvironment: {},
  storeImage: new Blob([await readFile(imagePath)]),
});
const { url } = await startServer(
  {
    routes: {
      [webhookPath]: async (request, response) => {
        response.end = () => {
          console.log(response.statusCode);
          return response;
        };
        await app.intake(request, response);
      },
    },
    onFailure: console.error,
  },
  { host: "127.0.0.1", port: 0 },
);
console.log(url + webhookPath);
