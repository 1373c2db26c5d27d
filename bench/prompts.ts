import { createMemoryJournal } from "../src/cli/memory-journal.ts";
import { composeReview } from "../src/compose.ts";
import { readEnvironment } from "../src/config/env.ts";
import { defaultPolicy } from "../src/core/policy.ts";
import { createLocalRepository } from "../src/git/local-repository.ts";
import type { Model, ModelRequest } from "../src/review/model-ports.ts";
import { runReview } from "../src/review/run-review.ts";
import { pino } from "pino";
import { caseIds, openCase } from "../test/setup/open-case.ts";
import { createInstantModel } from "./instant-model.ts";
import type { Row } from "./show-table.ts";
import { rounded } from "./statistics.ts";

/** Four characters to a token is the usual estimate for English and code; no provider's own count. */
const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** The opening prompt of each real case: the part that is the same for every pull request of a repository, and the rest. */
export const benchPrompts = async (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const id of caseIds) rows.push(rowOf(id, await openingRequest(id)));
  return rows;
};

const rowOf = (id: string, { instructions, tools, input }: ModelRequest): Row => {
  const [rules, ...change] = input.map((item) => (item.type === "user" ? item.text : ""));
  const parts = {
    instructions: tokensOf(instructions),
    tools: tokensOf(JSON.stringify(tools)),
    rules: tokensOf(rules ?? ""),
  };
  const stable = parts.instructions + parts.tools + parts.rules;
  const ofChange = tokensOf(change.join("\n"));
  const total = stable + ofChange;
  return { case: id, ...parts, change: ofChange, total, "stable %": rounded((100 * stable) / total) };
};

const openingRequest = async (id: string): Promise<ModelRequest> => {
  const opened = openCase(id);
  const processEnvironment = { PATH: process.env["PATH"] };
  const requests: ModelRequest[] = [];
  const instant = createInstantModel(0);
  const model: Model = {
    turn: (request, signal) => {
      requests.push(request);
      return instant.turn(request, signal);
    },
  };
  const signal = new AbortController().signal;
  const local = createLocalRepository({ dir: opened.dir, environment: processEnvironment });
  const opening = await local.open({ kind: "commits", base: opened.baseSha, head: opened.headSha }, signal);
  if (!opening.opened) throw new Error(`${id}: ${opening.refused}`);
  const environment = readEnvironment({});
  const review = composeReview(
    { environment, logger: pino({ level: "silent" }), processEnvironment, model, analyzers: [] },
    createMemoryJournal(),
  );
  await runReview(
    { ...review, observe: () => undefined },
    {
      runId: id,
      trees: opening.trees,
      title: opened.title,
      body: opened.body,
      commitMessages: [],
      linkedIssues: [],
      threads: [],
      focus: null,
      mode: "review",
      policy: defaultPolicy,
      notices: [],
      record: () => Promise.resolve(),
    },
    signal,
  );
  await review.close();
  await opening.trees.close();
  opened.remove();
  const [first] = requests;
  if (first === undefined) throw new Error(`${id}: the model was not asked`);
  return first;
};
