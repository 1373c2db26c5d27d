import type { RuffRule } from "./ruff-rule.ts";

/** Mistakes with coroutines and tasks. */
export const asyncRules: readonly RuffRule[] = [
  {
    codes: ["RUF006"],
    severity: "P2",
    category: "concurrency",
    title: "Keep a reference to the task",
    happens: "The event loop holds tasks weakly: without a reference the task may be collected before it has finished.",
  },
  {
    codes: ["ASYNC100"],
    severity: "P2",
    category: "concurrency",
    title: "Await something inside the timeout",
    happens: "A timeout takes effect at an await alone; without one in its block it never fires.",
  },
  {
    codes: ["ASYNC105"],
    severity: "P1",
    category: "concurrency",
    title: "Await the call",
    happens: "The call makes a coroutine and drops it, so nothing of it ever runs.",
  },
  {
    codes: ["ASYNC210", "ASYNC212"],
    severity: "P2",
    category: "performance",
    title: "Do not block the event loop with an HTTP call",
    happens: "Until the answer is there, nothing else on this event loop can run.",
  },
  {
    codes: ["ASYNC220", "ASYNC221", "ASYNC222"],
    severity: "P2",
    category: "performance",
    title: "Do not block the event loop with a subprocess",
    happens: "Until the process has started or ended, nothing else on this event loop can run.",
  },
  {
    codes: ["ASYNC251"],
    severity: "P2",
    category: "performance",
    title: "Sleep with the event loop's own function",
    happens: "time.sleep() stops the whole event loop for that time, not only this coroutine.",
  },
  {
    codes: ["PLE1142"],
    severity: "P1",
    category: "correctness",
    title: "Use await inside an async function",
    happens: "await outside of an async function is a SyntaxError: the module cannot be imported.",
  },
  {
    codes: ["PLE1700"],
    severity: "P1",
    category: "correctness",
    title: "Replace yield from in the async function",
    happens: "yield from inside an async function is a SyntaxError: the module cannot be imported.",
  },
];
