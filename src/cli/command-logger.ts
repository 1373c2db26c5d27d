import { pino, type Logger } from "pino";
import { z } from "zod";
import { plainText } from "./report/plain-text.ts";

const lineSchema = z.object({ msg: z.string() });

/** What goes wrong on the way, one sentence each on stderr: stdout holds the report alone. */
export const commandLogger = (): Logger => pino({ level: "warn" }, { write: sayOnStderr });

const sayOnStderr = (line: string): void => {
  const { msg } = lineSchema.parse(JSON.parse(line));
  process.stderr.write(`codex-review: ${plainText(msg)}\n`);
};
