import type { Simulator } from "../../src/simulator/simulator.ts";
import { createGitHubSchemaCheck } from "./github-schema.ts";

const check = createGitHubSchemaCheck();

/**
 * Holds everything that goes over the simulator's wire against GitHub's own descriptions: requests, answers and webhook
 * payloads. The function that it answers with tells what was wrong since it was last asked, for the end of a test.
 */
export const watchSimulator = (github: Simulator): (() => readonly string[]) => {
  const violations: string[] = [];
  let told = 0;
  github.observe((exchange) => {
    const api = exchange.kind === "rest" || exchange.kind === "token" || exchange.kind === "graphql";
    if (api) violations.push(...check.exchange({ ...exchange, path: exchange.path.replace(/^\/api\/v3/, "") }));
  });
  return () => {
    const deliveries = github.deliveries().slice(told);
    told += deliveries.length;
    const payloads = deliveries.map(({ event, body }) => ({ event, payload: JSON.parse(body) }));
    return [...violations.splice(0), ...payloads.flatMap(check.webhook)];
  };
};
