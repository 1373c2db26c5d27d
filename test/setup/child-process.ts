import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Child {
  readonly pid: number;
  /** What it has printed so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves when it has printed `count` lines; rejects with its errors when it ends before. */
  readonly printed: (count: number) => Promise<void>;
  /** As `kill -9`; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** Runs a script of `test/setup` in a process of its own. */
export const startChild = (script: string, ...args: readonly string[]): Child => {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    child.emit("printed");
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const ended = exitOf(child);
  const printed = async (count: number): Promise<void> => {
    while (lines.length < count) {
      const next = await Promise.race([once(child, "printed"), ended.then(() => null)]);
      if (next === null && lines.length < count) throw new Error(`${script} ended early: ${errors}`);
    }
  };
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return { pid: child.pid ?? 0, lines, printed, kill, ended };
};

/** Resolves when the process is gone and everything that it wrote was read. */
const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("close", (code) => resolve(code)));
