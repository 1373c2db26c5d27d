import { composeModel, githubAddresses } from "../../compose.ts";
import type { Environment } from "../../config/env.ts";
import { defaultPolicy } from "../../core/policy.ts";
import { inspectApp, loginIsTaken } from "../../github/inspect-app.ts";
import { systemClock } from "../../system-clock.ts";
import { commandLogger } from "../command-logger.ts";
import { checkApp } from "./check-app.ts";
import { checkEnvironment } from "./check-environment.ts";
import { checkGit } from "./check-git.ts";
import { checkHandle } from "./check-handle.ts";
import { checkModel } from "./check-model.ts";
import { checkStore } from "./check-store.ts";
import { checkWebhook } from "./check-webhook.ts";
import type { Check } from "./check.ts";

export interface Examination {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
  readonly fetch: typeof fetch;
}

const patienceMs = 60_000;
const webhookPatienceMs = 10_000;

/** Looks at everything that `serve` needs, one after the other, and hands over each check as it is done. */
export async function* examine(examination: Examination, signal: AbortSignal): AsyncGenerator<Check> {
  const { variables, readFile } = examination;
  const configuration = checkEnvironment(variables, readFile);
  yield* configuration.checks;
  yield await checkGit(variables, signal);
  if (!configuration.read) return;
  const { environment } = configuration;
  yield await checkStore(environment);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  yield await checkModel(composeModel(environment, commandLogger()), environment, limit);
  yield* checkGitHub(environment, examination, signal);
}

async function* checkGitHub(
  environment: Environment,
  examination: Examination,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  if (environment.app === null) {
    const said = "none is set, so the server starts in setup mode";
    yield { result: "note", topic: "App", said, mend: "start it with `codex-review serve` and follow its log" };
    return;
  }
  const { apiUrl } = githubAddresses(environment.GHE_HOST);
  const { fetch } = examination;
  const to = { apiUrl, userAgent: "codex-review", requestTimeoutMs: webhookPatienceMs, clock: systemClock, fetch };
  const app = inspectApp({ ...to, ...environment.app });
  yield* await checkApp(app, signal);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(webhookPatienceMs)]);
  yield* await checkWebhook({ app, proxyUrl: environment.WEBHOOK_PROXY_URL, fetch }, limit);
  yield await checkHandle(defaultPolicy.commands.mention, (login) => loginIsTaken(to, login, signal));
}
