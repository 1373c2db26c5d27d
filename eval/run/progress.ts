import { noUsage, type Usage } from "../../src/core/run.ts";

/** Tells whoever waits how far a run is. */
export interface Progress {
  readonly start: (cases: number, done: number) => void;
  readonly answered: (caseId: string, total: Usage) => void;
  readonly ended: (caseId: string, failure: string | null) => void;
  readonly close: () => void;
}

interface Terminal {
  readonly write: (text: string) => void;
  /** Whether a line can be written over. */
  readonly live: boolean;
}

const barWidth = 20;

/** A bar that is drawn anew with every answer on a terminal; else a line for every case. */
export const createProgress = ({ write, live }: Terminal): Progress => {
  let [cases, done, answers, last] = [0, 0, 0, ""];
  let usage = noUsage;
  const status = (): string => {
    const full = cases === 0 ? 0 : Math.round((done / cases) * barWidth);
    const bar = "=".repeat(full).padEnd(barWidth);
    const tokens = Math.round((usage.inputTokens + usage.outputTokens) / 1000);
    const cost = usage.usd === null ? "cost unknown" : `$${usage.usd.toFixed(2)}`;
    return `[${bar}] ${done}/${cases} cases, ${answers} answers, ${tokens}k tokens, ${cost}${last}`;
  };
  const draw = (): void => {
    if (live) write(`\r\u001B[K${status()}`);
  };
  return {
    start: (all, complete) => {
      [cases, done] = [all, complete];
      write(live ? "" : `${status()}\n`);
      draw();
    },
    answered: (caseId, total) => {
      answers += 1;
      usage = total;
      last = ` (${caseId})`;
      draw();
    },
    ended: (caseId, failure) => {
      if (failure === null) done += 1;
      last = "";
      write(`${live ? "\r\u001B[K" : ""}${caseId}: ${failure ?? "done"}\n`);
      if (live) draw();
      else write(`${status()}\n`);
    },
    close: () => write(live ? "\n" : ""),
  };
};
