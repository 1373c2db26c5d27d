import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../config/env.ts";
import type { Notice } from "../../core/run.ts";
import { journaled } from "../../model/journal.ts";
import { readRecording, type RecordingHeader } from "../../model/recording.ts";
import { createReplay } from "../../model/replay.ts";
import type { Model } from "../../review/model-ports.ts";
import { promptVersion } from "../../review/prompts/prompt-version.ts";
import { UsageError } from "../usage-error.ts";
import { openRecordingJournal } from "./recording-journal.ts";

/** The demo's two reviews. The second is another conversation, so each has a recording of its own. */
export type Round = "first" | "second";

/** Who answers in the place of the model. */
export interface DemoModel {
  /** One sentence for the terminal. */
  readonly said: string;
  /** False where nobody has to be waited for. */
  readonly isLive: boolean;
  /** The name to ask for; null is the configured one. */
  readonly name: string | null;
  readonly notices: readonly Notice[];
  /** Null: the analyzers work alone. */
  readonly models: Readonly<Record<Round, Model>> | null;
}

const fileOf = (folder: string, round: Round): string => join(folder, `journal-${round === "first" ? 1 : 2}.jsonl`);

/** Answers from the recordings in `folder`; where they are missing the analyzers are left. */
export const recordedModel = async (folder: string): Promise<DemoModel> => {
  if (!existsSync(fileOf(folder, "first")) || !existsSync(fileOf(folder, "second"))) return noModel;
  const [first, second] = await Promise.all([replayOf(folder, "first"), replayOf(folder, "second")]);
  return {
    said: `no OPENAI_API_KEY is set. ${first.notice.text}`,
    isLive: false,
    name: first.header.model,
    notices: [first.notice],
    models: { first: first.model, second: second.model },
  };
};

const noModel: DemoModel = {
  said: "no OPENAI_API_KEY is set and there is no recording, so the analyzers work alone.",
  isLive: false,
  name: null,
  notices: [],
  models: null,
};

const replayOf = async (folder: string, round: Round) =>
  createReplay(readRecording(await readFile(fileOf(folder, round), "utf8")), promptVersion);

export const configuredModel = (model: Model, environment: Environment): DemoModel => ({
  said: `${environment.MODEL}${environment.OPENAI_BASE_URL === undefined ? "" : ` at ${environment.OPENAI_BASE_URL}`}`,
  isLive: true,
  name: null,
  notices: [],
  models: { first: model, second: model },
});

/** Where a recording goes, and what its header says. */
export interface RecordingPlan {
  readonly folder: string;
  readonly about: Pick<RecordingHeader, "answeredBy" | "note" | "recorded">;
}

/** The configured model, with every exchange kept. */
export const recordingModel = async (
  model: Model,
  environment: Environment,
  { folder, about }: RecordingPlan,
): Promise<DemoModel> => {
  const { MODEL: name, MODEL_VERIFIER: verifier = name } = environment;
  if (verifier !== name) throw new UsageError("a recording is of one model: leave MODEL_VERIFIER out");
  await mkdir(folder, { recursive: true });
  const record = async (round: Round): Promise<Model> => {
    const journal = await openRecordingJournal(fileOf(folder, round), { ...about, promptVersion, model: name });
    return journaled({ model, journal, runId: round });
  };
  const models = { first: await record("first"), second: await record("second") };
  return { ...configuredModel(model, environment), said: `${name}, recorded in ${folder}`, models };
};
