import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Child {
  /** The next message; rejects where the process ends before. */
  readonly next: () => Promise<unknown>;
  readonly send: (message: object) => void;
  readonly ended: Promise<void>;
}

/** Runs a script of this folder in a process of its own; `input` is its last argument, as JSON. */
export const startChild = (script: string, input: object): Child => {
  const child = fork(join(import.meta.dirname, script), [JSON.stringify(input)], { stdio: "inherit" });
  const queue: unknown[] = [];
  child.on("message", (message) => {
    queue.push(message);
    child.emit("queued");
  });
  const ended = exitOf(child);
  return {
    next: async () => {
      while (queue.length === 0) {
        const gone = await Promise.race([once(child, "queued").then(() => false), ended.then(() => true)]);
        if (gone && queue.length === 0) throw new Error(`${script} ended early`);
      }
      return queue.shift();
    },
    send: (message) => void child.send(message),
    ended,
  };
};

const exitOf = async (child: ChildProcess): Promise<void> => {
  await once(child, "exit");
  if (child.exitCode !== 0) throw new Error(`a measured process ended with ${child.exitCode ?? child.signalCode}`);
};
