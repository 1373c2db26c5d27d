import { readFileSync } from "node:fs";
import { Command } from "commander";
import pc from "picocolors";
import type { Check } from "./doctor/check.ts";
import { examine } from "./doctor/examine.ts";
import { plainText } from "./report/plain-text.ts";

export const doctorCommand = (): Command =>
  new Command("doctor")
    .description("check environment, git, store, model and GitHub App, and say how to mend what is wrong")
    .action(async () => {
      process.exitCode = await doctor(process.env, (line) => process.stdout.write(line));
    });

/** Prints each check as it is done; 1 where one of them failed, else 0. */
const doctor = async (
  variables: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
): Promise<0 | 1> => {
  const examination = { variables, readFile: (path: string) => readFileSync(path, "utf8"), fetch: globalThis.fetch };
  const colors = pc.createColors(process.stdout.isTTY && variables["NO_COLOR"] === undefined);
  let failures = 0;
  for await (const check of examine(examination, new AbortController().signal)) {
    if (check.result === "failed") failures += 1;
    write(shown(check, colors));
  }
  write(failures === 0 ? "Nothing failed.\n" : `${failures} failed.\n`);
  return failures === 0 ? 0 : 1;
};

const shown = (check: Check, colors: ReturnType<typeof pc.createColors>): string => {
  const paint = { ok: colors.green, note: colors.yellow, failed: colors.red }[check.result];
  const first = `${paint(check.result.padEnd(6))} ${check.topic}: ${plainText(check.said)}\n`;
  return check.result === "ok" ? first : `${first}       → ${plainText(check.mend)}\n`;
};
