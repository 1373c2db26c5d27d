import { expect, it } from "vitest";
import { someEntry, someRun } from "../fakes/run.ts";
import type { OpenStores } from "./stores.ts";

const first = { stage: "find", conversation: "agent", turn: 0 };

/** What every Journal promises. Its run was started before. */
export const journalContract = (open: OpenStores): void => {
  it("finds an exchange by its place in the run, whole", async () => {
    const { journal, runs } = await open();
    await runs.start(someRun());
    const entry = someEntry({ request: '{"input":"\\u0000"}' });
    await journal.append("run-1", entry);
    expect(await journal.find("run-1", first)).toEqual(entry);
  });

  it.each([
    ["another run", "run-2", first],
    ["another stage", "run-1", { ...first, stage: "verify" }],
    ["another conversation", "run-1", { ...first, conversation: "candidate-1" }],
    ["another turn", "run-1", { ...first, turn: 1 }],
  ])("does not find it at %s", async (_, runId, at) => {
    const { journal, runs } = await open();
    await runs.start(someRun());
    await runs.start(someRun({ id: "run-2" }));
    await journal.append("run-1", someEntry());
    expect(await journal.find(runId, at)).toBeNull();
  });

  it("keeps the last of two exchanges at one place", async () => {
    const { journal, runs } = await open();
    await runs.start(someRun());
    await journal.append("run-1", someEntry({ digest: "old" }));
    await journal.append("run-1", someEntry({ digest: "new" }));
    expect((await journal.find("run-1", first))?.digest).toBe("new");
  });

  it("refuses an exchange of a run that was never started", async () => {
    const { journal } = await open();
    await expect(journal.append("nobody", someEntry())).rejects.toBeInstanceOf(Error);
  });
};
