import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { createInTurn } from "../core/in-turn.ts";
import { OperationalError } from "../review/errors.ts";
import { type Answer, type Question, answerSchema } from "./parser-protocol.ts";

/** Asks the parser process; null when it did not answer in time or died of the text. */
export type AskParser = (question: Question) => Promise<Answer | null>;

/**
 * A parser in a process of its own, started with the first question and again after it had to be stopped. Questions
 * are answered one at a time; `deadlineMs` counts for each from when it is sent. The process keeps nobody waiting: it
 * ends with its parent, and a parent that waits for no answer may end.
 */
export function createParserClient(deadlineMs: number): AskParser {
  let parser: Promise<ChildProcess> | null = null;
  const inTurn = createInTurn();

  const living = async (): Promise<ChildProcess> => {
    const child = await (parser ??= startParser());
    if (!isGone(child)) return child;
    parser = startParser();
    return parser;
  };
  const ask = async (question: Question): Promise<Answer | null> => {
    const child = await living().catch((error: unknown) => {
      parser = null;
      throw error;
    });
    const reply = await exchange(child, question, deadlineMs);
    if (reply === null) parser = null;
    return reply;
  };

  return (question) => inTurn(() => ask(question));
}

const startDeadlineMs = 20_000;

async function startParser(): Promise<ChildProcess> {
  const file = new URL(`parse-process${extname(import.meta.url)}`, import.meta.url);
  const child = fork(file, { env: {}, execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  // A failure that nobody waits for, such as a question to a process that just died, must not end ours.
  child.on("error", () => undefined);
  const ready = await nextMessage(child, startDeadlineMs);
  if (ready === null) throw new OperationalError("the parser process did not start", { retryable: true });
  return child;
}

async function exchange(child: ChildProcess, question: Question, deadlineMs: number): Promise<Answer | null> {
  const reply = nextMessage(child, deadlineMs);
  if (child.connected) child.send(question);
  const answer = await reply;
  if (answer?.say === "failed") throw new Error(`the parser process failed: ${answer.message}`);
  return answer;
}

/** One that ended while nobody asked: its end was told then, and nothing more will come. */
const isGone = ({ exitCode, signalCode, connected }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null || !connected;

/** The next message, null when the process ends first; at the deadline it is killed, and what it says then is too late. */
async function nextMessage(child: ChildProcess, deadlineMs: number): Promise<Answer | null> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const end = (): void => resolve(null);
  const deadline = setTimeout(() => {
    child.kill("SIGKILL");
    end();
  }, deadlineMs);
  setReferenced(child, true);
  child.once("message", resolve).once("exit", end).once("error", end);
  const message = await promise;
  clearTimeout(deadline);
  child.off("message", resolve).off("exit", end).off("error", end);
  setReferenced(child, false);
  return message === null ? null : answerSchema.parse(message);
}

function setReferenced(child: ChildProcess, referenced: boolean): void {
  if (referenced) child.ref();
  else child.unref();
  if (referenced) child.channel?.ref();
  else child.channel?.unref();
}
