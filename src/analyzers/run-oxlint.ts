import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { OperationalError } from "../review/errors.ts";

const label = z.object({
  span: z.object({ offset: z.int(), length: z.int(), line: z.int().positive(), column: z.int().positive() }),
});

/** `code` is missing where the parser gave up. */
const diagnosticSchema = z.object({
  message: z.string(),
  code: z.string().optional(),
  filename: z.string(),
  labels: z.array(label).default([]),
});
export type OxlintDiagnostic = z.infer<typeof diagnosticSchema>;

const outputSchema = z.object({ diagnostics: z.array(diagnosticSchema) });

const deadlineMs = 60_000;
const longestOutput = 64 * 1024 * 1024;

/** `texts` go by plain file names without folders; `temporary` is where the private folder is made. */
export interface OxlintRun {
  readonly texts: ReadonlyMap<string, string>;
  readonly config: string;
  readonly temporary: string;
}

/**
 * What oxlint says of some texts. It runs in an empty folder of its own with our configuration alone. Throws
 * OperationalError when it fails or takes too long.
 */
export async function runOxlint(run: OxlintRun, signal: AbortSignal): Promise<readonly OxlintDiagnostic[]> {
  const folder = await mkdtemp(join(run.temporary, "codex-review-oxlint-"));
  try {
    const files = join(folder, "files");
    await mkdir(files);
    for (const [name, text] of run.texts) await writeFile(join(files, name), text);
    await writeFile(join(folder, "config.json"), run.config);
    return readOutput(await start(files, signal));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function oxlintProgram(): string {
  return join(dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin", "oxlint");
}

async function start(cwd: string, signal: AbortSignal): Promise<string> {
  const args = [oxlintProgram(), "-c", "../config.json", "--disable-nested-config", "--no-ignore", "-f", "json", "."];
  const options = {
    cwd,
    signal,
    env: {},
    timeout: deadlineMs,
    maxBuffer: longestOutput,
    killSignal: "SIGKILL",
  } as const;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout) => {
      if (signal.aborted) reject(signal.reason);
      // 1 is its exit code when it found something.
      else if (error === null || error.code === 1) resolve(stdout);
      else reject(new OperationalError("oxlint did not finish", { cause: error, retryable: false }));
    });
  });
}

function readOutput(stdout: string): readonly OxlintDiagnostic[] {
  try {
    return outputSchema.parse(JSON.parse(stdout)).diagnostics;
  } catch (error) {
    throw new OperationalError("oxlint's answer is not what it is known to write", { cause: error, retryable: false });
  }
}
