import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EvalError } from "../eval-error.ts";
import { readAbout, readResult, type AboutRun, type EvalResult } from "./result.ts";

/** A run on disk: `run.json`, and for each case a folder with `journal.jsonl` and, once it is complete, `result.json`. */
export interface RunFolder {
  readonly dir: string;
  readonly about: AboutRun;
  readonly journalOf: (caseId: string) => string;
  readonly logOf: (caseId: string) => string;
  readonly isComplete: (caseId: string) => boolean;
  readonly write: (result: EvalResult) => void;
}

/** Makes the folder, or takes up one that was made with the same model, prompts and settings; throws an EvalError else. */
export const openRunFolder = (dir: string, about: AboutRun): RunFolder => {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, "run.json");
  if (!existsSync(file)) writeWhole(file, about);
  const kept = readAbout(readFileSync(file, "utf8"));
  const differing = Object.entries(about)
    .filter(([key]) => !["created", "note", "answeredBy"].includes(key))
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(kept)).get(key)))
    .map(([key]) => key);
  if (differing.length > 0)
    throw new EvalError(`${dir} holds a run with another ${differing.join(", ")}: give another --out to start anew`);
  return folderOf(dir, kept);
};

/** Opens a run that was made before. */
export const readRunFolder = (dir: string): RunFolder & { readonly results: readonly EvalResult[] } => {
  const file = join(dir, "run.json");
  if (!existsSync(file)) throw new EvalError(`${dir} is no run: it has no run.json`);
  const results = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, "result.json")))
    .map(({ name }) => readResult(readFileSync(join(dir, name, "result.json"), "utf8")))
    .toSorted((a, b) => (a.case < b.case ? -1 : 1));
  return { ...folderOf(dir, readAbout(readFileSync(file, "utf8"))), results };
};

const folderOf = (dir: string, about: AboutRun): RunFolder => {
  const fileOf = (caseId: string, name: string): string => {
    mkdirSync(join(dir, caseId), { recursive: true });
    return join(dir, caseId, name);
  };
  return {
    dir,
    about,
    journalOf: (caseId) => fileOf(caseId, "journal.jsonl"),
    logOf: (caseId) => fileOf(caseId, "app.log"),
    isComplete: (caseId) => existsSync(join(dir, caseId, "result.json")),
    write: (result) => writeWhole(fileOf(result.case, "result.json"), result),
  };
};

/** A file that is there is whole, whatever happens while it is written. */
export const writeWhole = (file: string, value: unknown): void => {
  writeFileSync(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${file}.part`, file);
};
