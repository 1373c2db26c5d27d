import { describe, expect, it } from "vitest";
import { fenced, fenceOf } from "../../src/core/fence.ts";
import { createReplay } from "../../src/model/replay.ts";
import { journaled } from "../../src/model/journal.ts";
import { readRecording, writeRecording, type Recording } from "../../src/model/recording.ts";
import type { JournalEntry, Model, ModelRequest } from "../../src/review/model-ports.ts";
import { createFakeModel, inTurns, type FakeModel } from "../fakes/fake-model.ts";
import { createFakeStore } from "../fakes/fake-store.ts";
import { someRun } from "../fakes/run.ts";
import { someRequest } from "../fakes/some-request.ts";

const never = new AbortController().signal;
const read = { calls: [{ name: "read_file", arguments: { path: "a.ts" } }] };

const openJournal = async (...runIds: readonly string[]) => {
  const { journal, runs, state } = createFakeStore();
  for (const id of runIds) await runs.start(someRun({ id }));
  const entries = (): readonly JournalEntry[] => [...state.journal.values()].map(({ entry }) => entry);
  return { journal, entries };
};

/** Two turns: a question, then the result of a call. `code` is what the tool found. */
const converse = async (model: Model, { fence = fenceOf("run-1"), code = "one" } = {}): Promise<readonly string[]> => {
  const opening: ModelRequest["input"] = [{ type: "user", text: fenced(fence, "title") }];
  const first = await model.turn(someRequest({ input: opening }), never);
  const results = first.calls.map(({ callId }) => ({ type: "result", callId, output: fenced(fence, code) }) as const);
  const at = { stage: "find", conversation: "main", turn: 1 };
  const second = await model.turn(someRequest({ at, input: [...opening, ...first.items, ...results] }), never);
  return [first.text, second.text];
};

const record = async (model: FakeModel, over: Parameters<typeof converse>[1] = {}): Promise<Recording> => {
  const { journal, entries } = await openJournal("run-1");
  await converse(journaled({ model, journal, runId: "run-1" }), over);
  const header = { recorded: "2026-03-01", answeredBy: "ann", promptVersion: "v1", model: "model-1", note: "" };
  return { header, entries: entries() };
};

describe("a run that is taken up again", () => {
  it("pays only for the call that was in flight", async () => {
    const { journal } = await openJournal("run-1");
    const dies = createFakeModel(inTurns({ ...read, text: "one" }, new Error("killed")));
    await expect(converse(journaled({ model: dies, journal, runId: "run-1" }))).rejects.toThrow("killed");
    const again = createFakeModel(inTurns({ text: "other" }, { text: "two" }));
    expect(await converse(journaled({ model: again, journal, runId: "run-1" }))).toEqual(["one", "two"]);
    expect(again.requests.map(({ at }) => at.turn)).toEqual([1]);
  });

  it("asks anew from where the requests differ, and keeps the new answer", async () => {
    const { journal, entries } = await openJournal("run-1");
    await converse(journaled({ model: createFakeModel(inTurns(read, { text: "old" })), journal, runId: "run-1" }));
    const again = createFakeModel(inTurns(read, { text: "new" }));
    const [, second] = await converse(journaled({ model: again, journal, runId: "run-1" }), { code: "two" });
    expect(second).toBe("new");
    expect(again.requests.map(({ at }) => at.turn)).toEqual([1]);
    expect(entries().map(({ answer }) => answer.text)).toEqual(["", "new"]);
  });

  it("does not answer from another run", async () => {
    const { journal } = await openJournal("run-1", "run-2");
    const model = createFakeModel(inTurns(read, { text: "two" }));
    await converse(journaled({ model, journal, runId: "run-1" }));
    await converse(journaled({ model, journal, runId: "run-2" }));
    expect(model.requests).toHaveLength(4);
  });
});

describe("what is kept of a request", () => {
  it("is whole for the first turn, and what it adds for a later one", async () => {
    const { entries } = await record(createFakeModel(inTurns(read, { text: "two" })));
    const [first = "", second = ""] = entries.map(({ request }) => request);
    expect(first).toContain('"instructions":"Review."');
    expect(second).not.toContain("Review.");
    expect(second).toContain('"inputBefore":1');
    expect(second).toContain("one");
    expect(second).not.toContain("title");
  });
});

describe("a replay of the present prompt version", () => {
  const answers = inTurns(read, { text: "two" });

  it("answers without a model, under another run's fence", async () => {
    const recording = readRecording(writeRecording(await record(createFakeModel(answers))));
    const { model, notice } = createReplay(recording, "v1");
    expect(await converse(model, { fence: fenceOf("run-2") })).toEqual(["", "two"]);
    expect(notice.text).toBe("The model's answers are replayed from a recording of 2026-03-01, answered by ann.");
  });

  it("fails with a diff where a request differs", async () => {
    const { model } = createReplay(await record(createFakeModel(answers)), "v1");
    const replayed = converse(model, { code: "zwei" });
    await expect(replayed).rejects.toMatchObject({ kind: "replay", retryable: false });
    await expect(replayed).rejects.toThrow(/find\/main\/1 is not the recorded one[\s\S]*\n- one\n\+ zwei\n/);
  });

  it("fails where the recording ends", async () => {
    const recording = await record(createFakeModel(answers));
    const { model } = createReplay({ ...recording, entries: recording.entries.slice(0, 1) }, "v1");
    await expect(converse(model)).rejects.toThrow("the recording has no answer for find/main/1");
  });
});

describe("a replay of another prompt version", () => {
  it("answers by place, says so, and counts for nothing", async () => {
    const { model, notice } = createReplay(await record(createFakeModel(inTurns(read, { text: "two" }))), "v2");
    expect(await converse(model, { code: "zwei" })).toEqual(["", "two"]);
    expect(notice).toMatchObject({ kind: "replay", text: expect.stringContaining("prompt version v1, not v2") });
    const { usage } = await model.turn(someRequest(), never);
    expect(usage).toEqual({ calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 });
  });
});

describe("a recording", () => {
  it("survives being written and read", async () => {
    const recording = await record(createFakeModel(inTurns(read, { text: "two" })));
    expect(readRecording(writeRecording(recording))).toEqual(recording);
  });

  it.each([
    { what: "no header", text: "", line: 1 },
    { what: "no JSON", text: '{"recorded"', line: 1 },
    { what: "a foreign header", text: '{"made":"today"}\n', line: 1 },
  ])("with $what is refused, naming line $line", ({ text, line }) => {
    expect(() => readRecording(text)).toThrow(`line ${line} of the recording does not fit`);
  });

  it("with a broken exchange is refused, naming its line", async () => {
    const written = writeRecording(await record(createFakeModel(inTurns(read, { text: "two" }))));
    expect(() => readRecording(written.replace('"turn":1', '"turn":"x"'))).toThrow("line 3 of the recording");
  });
});
