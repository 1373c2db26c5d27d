import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { EvalError } from "../eval-error.ts";
import { readRunFolder } from "../run/run-folder.ts";

const fixtures = join(import.meta.dirname, "..", "..", "test", "fixtures", "journals");

export const addFixtureCommand = (program: Command): void => {
  program
    .command("fixture")
    .description("keep a run's journals as recordings that the tests replay")
    .argument("<run>", "the run's folder")
    .option("--only <ids>", "these cases alone, with commas between them")
    .option("--into <folder>", "where they go", fixtures)
    .action((dir: string, { only, into }: { readonly only?: string; readonly into: string }) => {
      const { results, journalOf } = readRunFolder(dir);
      const wanted = only?.split(",").map((id) => id.trim()) ?? results.map((result) => result.case);
      for (const id of wanted) {
        const result = results.find((one) => one.case === id);
        if (result === undefined) throw new EvalError(`${dir} has no complete case ${id}`);
        mkdirSync(join(into, id), { recursive: true });
        copyFileSync(journalOf(id), join(into, id, "model.jsonl"));
        const posted = result.posted.map(({ path, startLine, line, body }) => ({
          path,
          startLine,
          line,
          title: body.split("\n")[0] ?? "",
        }));
        writeFileSync(join(into, id, "posted.json"), `${JSON.stringify(posted, null, 2)}\n`);
      }
    });
};
