import type { Budget } from "../../../src/core/budget.ts";
import type { AgentDeps, AgentTask } from "../../../src/review/agent/run-agent.ts";
import type { Clock } from "../../../src/review/ports.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createFakeModel, type FakeModel, type FakeScript } from "../../fakes/fake-model.ts";
import { createFakeTrees } from "../../fakes/fake-repository.ts";
import { createFakeSyntax } from "../../fakes/fake-syntax.ts";
import { someBrief } from "../../fakes/some-brief.ts";

const listBefore = `export function page(items: string[], number: number): string[] {
  const start = (number - 1) * 10;
  return items.slice(start, start + 10);
}
`;

const listAfter = `export function page(items: string[], number: number): string[] {
  const start = number * 10;
  return items.slice(start, start + 10);
}

// page is called with 1 first
`;

const caller = `import { page } from "./list.ts";

export function first(items: string[]): string[] {
  return page(items, 1);
}
`;

/** A change in which pages no longer count from 1. */
export const someTrees = createFakeTrees({
  base: { "src/list.ts": listBefore, "src/first.ts": caller, "README.md": "Pages.\n" },
  head: { "src/list.ts": listAfter, "src/first.ts": caller, "README.md": "Pages of ten.\n" },
});

export const theDefect = {
  title: "Count pages from 1 when slicing",
  body: "With page 1 the first ten items are skipped.",
  severity: "P1",
  category: "correctness",
  confidence: 0.9,
  path: "src/list.ts",
  at: "head",
  quote: "  const start = number * 10;",
  start_line: 2,
  end_line: 2,
  trigger: "page(items, 1) -> items 11 to 20 -> items 1 to 10",
  evidence: [{ path: "src/first.ts", quote: "return page(items, 1);", why: "callers count from 1" }],
  replacement: "  const start = (number - 1) * 10;",
  rule: null,
  premises: [],
} as const;

export const report = (over: object = {}) => ({ name: "report_finding", arguments: { ...theDefect, ...over } });

export const finish = (over: object = {}) => ({
  name: "finish",
  arguments: { verdict: "Reads well.", instructions_seen: [], ...over },
});

export const read = (path: string, over: object = {}) => ({
  name: "read_file",
  arguments: { path, at: "head", start_line: null, end_line: null, ...over },
});

export const someBudget = (over: Partial<Budget> = {}): Budget => ({
  turns: 10,
  tokens: 1_000_000,
  seconds: 600,
  usd: null,
  ...over,
});

export interface Desk {
  readonly model: FakeModel;
  readonly deps: AgentDeps;
  readonly task: AgentTask;
}

/** Everything that a review of `someTrees` needs, with a scripted model. */
export const someDesk = (
  script: FakeScript,
  over: { readonly budget?: Partial<Budget>; readonly clock?: Clock } = {},
): Desk => {
  const model = createFakeModel(script);
  return {
    model,
    deps: {
      model,
      trees: someTrees,
      syntax: createFakeSyntax(),
      clock: over.clock ?? createFakeClock(),
      modelName: "model-1",
    },
    task: {
      brief: someBrief({ files: someTrees.diff.files }),
      budget: someBudget(over.budget),
      effort: "medium",
      conversation: "main",
    },
  };
};
