import { journaled } from "../../src/model/journal.ts";
import { describeModel } from "../contract/model.ts";
import { createFakeModel, inTurns } from "../fakes/fake-model.ts";
import { createFakeStore } from "../fakes/fake-store.ts";
import { someRun } from "../fakes/run.ts";
import { modelAt, silentFetch, startServer } from "./model-server.ts";

const nothing = async (): Promise<void> => {};

describeModel("the fake", async (turns) => ({ model: createFakeModel(inTurns(...turns)), close: nothing }));

for (const api of ["responses", "chat"] as const) {
  describeModel(`OpenAI, ${api}`, async (turns) => {
    if (turns.includes(null)) return { model: modelAt({ api, fetch: silentFetch }).model, close: nothing };
    const server = await startServer(turns.filter((turn) => turn !== null));
    return { model: modelAt({ api, baseUrl: `${server.url}/v1` }).model, close: () => server.stop() };
  });
}

describeModel("with a journal", async (turns) => {
  const model = createFakeModel(inTurns(...turns));
  const { journal, runs } = createFakeStore();
  await runs.start(someRun());
  return { model: journaled({ model, journal, runId: "run-1" }), close: nothing };
});
