import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import pino, { type Logger } from "pino";
import { composeModel } from "../../compose.ts";
import { readEnvironment, type Environment } from "../../config/env.ts";
import { createLogger, logged } from "../../serve.ts";
import type { PullView, Simulator } from "../../simulator/simulator.ts";
import type { Judged } from "../../core/evidence.ts";
import { systemClock } from "../../system-clock.ts";
import { UsageError } from "../usage-error.ts";
import { configuredModel, recordedModel, recordingModel, type DemoModel } from "./choose-model.ts";
import type { DemoOptions } from "./demo-options.ts";
import { createEventQueue } from "./event-queue.ts";
import { playDemo } from "./play-demo.ts";
import { withDropped } from "./render-dropped.ts";
import { createRoundModel } from "./round-model.ts";
import { startServers } from "./start-servers.ts";
import { createTerminal, type Terminal, type TerminalOptions } from "./terminal.ts";

export interface DemoSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: TerminalOptions;
  /** The repository, the pull request and the recordings; those that come with the program where nothing is said. */
  readonly folder?: string;
  /** A prepared data folder to start the store from. */
  readonly storeImage?: Blob;
}

const ownFolder = fileURLToPath(new URL("../../../demo/", import.meta.url));

/** What the demo takes over from the environment; the App, its store and its addresses are the demo's own. */
const taken = /^(?:OPENAI_|MODEL|REVIEW_|LOG_LEVEL$)/;

/** Shows one pull request from draft to its second review, over real HTTP and git, and writes the page it ends as. */
export const runDemo = async (
  options: DemoOptions,
  { env, terminal: terminalOptions, folder = ownFolder, storeImage }: DemoSurroundings,
  signal: AbortSignal,
): Promise<void> => {
  const terminal = createTerminal(terminalOptions);
  const output = resolve(options.output);
  await mkdir(output, { recursive: true });
  const configured = Object.fromEntries(Object.entries(env).filter(([name]) => taken.test(name)));
  const environment = readEnvironment(configured);
  const appLog = createLogger(environment.LOG_LEVEL, logFile(output, "app.log"));
  const demoModel = await chooseModel({ environment, options, folder, appLog });
  const rounds = createRoundModel(demoModel.models, terminal.status);
  const events = createEventQueue(signal);
  const judged: (readonly Judged[])[] = [];
  terminal.heading("codex-review demo");
  terminal.status("starting the app and a GitHub simulator");
  const servers = await startServers({
    env: demoModel.name === null ? configured : { MODEL: demoModel.name },
    processEnvironment: env,
    model: rounds.model,
    notices: demoModel.notices,
    appLog,
    githubLog: createLogger("info", logFile(output, "github.log")),
    observe: (event) => {
      appLog.info(logged(event), event.kind);
      if (event.kind === "reviewed") judged.push(event.result.judged);
      events.push(event);
    },
    ...(storeImage === undefined ? {} : { storeImage }),
  });
  try {
    const { github, appUrl } = servers;
    terminal.tell([
      { label: "GitHub", text: `${github.url}, a simulator on this machine` },
      { label: "app", text: appUrl },
      { label: "model", text: demoModel.said },
    ]);
    const patience = demoModel.isLive ? ((environment.REVIEW_MINUTES ?? 10) + 1) * 60 : 60;
    const pull = await playDemo({ terminal, events, patience, github, folder, rounds });
    terminal.heading("What is left");
    terminal.tell([
      { label: "page", text: await writePage(output, { github, pull, judged }) },
      { label: "logs", text: `${join(output, "app.log")}, ${join(output, "github.log")}` },
    ]);
    if (options.stay === true) await stay(terminal, pull, signal);
  } finally {
    terminal.status("");
    await servers.stop();
  }
};

const logFile = (output: string, name: string) =>
  pino.destination({ dest: join(output, name), append: false, sync: true });

interface Choosing {
  readonly environment: Environment;
  readonly options: DemoOptions;
  readonly folder: string;
  readonly appLog: Logger;
}

const chooseModel = ({ environment, options, folder, appLog }: Choosing): Promise<DemoModel> => {
  const model = composeModel(environment, appLog);
  const { record, answeredBy, note = "" } = options;
  if (record === undefined)
    return model === null ? recordedModel(folder) : Promise.resolve(configuredModel(model, environment));
  if (model === null) throw new UsageError("--record needs a model: set OPENAI_API_KEY or OPENAI_BASE_URL");
  if (answeredBy === undefined) throw new UsageError("--record needs --answered-by: who or what answers");
  const recorded = systemClock.now().toISOString().slice(0, 10);
  return recordingModel(model, environment, { folder: resolve(record), about: { recorded, answeredBy, note } });
};

const writePage = async (
  output: string,
  ended: {
    readonly github: Simulator;
    readonly pull: PullView;
    readonly judged: readonly (readonly Judged[])[];
  },
): Promise<string> => {
  const page = join(output, "pull-request.html");
  const { github, pull, judged } = ended;
  const [owner = "", name = ""] = pull.repo.split("/");
  await writeFile(page, withDropped(github.renderPage(owner, name, pull.number), judged));
  return page;
};

const stay = async (terminal: Terminal, pull: PullView, signal: AbortSignal): Promise<void> => {
  terminal.tell([{ label: "running", text: `${pull.url}; Ctrl-C ends it` }]);
  if (!signal.aborted) await once(signal, "abort");
};
