import { beforeEach, describe, expect, it } from "vitest";
import { CodeHostError, OperationalError } from "../../src/review/errors.ts";
import { openLedger } from "../../src/review/ledger.ts";
import type { LedgerState } from "../../src/review/store-ports.ts";
import { createFakeClock, type FakeClock } from "../fakes/fake-clock.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { someRun } from "../fakes/run.ts";

const { signal } = new AbortController();
const lost = new CodeHostError("500", { outcome: "unknown", retryable: true });
const refused = new CodeHostError("422", { outcome: "refused", retryable: false });
const notSent = new CodeHostError("no connection", { outcome: "not_sent", retryable: true });

/** A write on another machine: each entry of `answers` is one try; `landsAt` is the try after which it is found. */
const createWrite = (answers: readonly (string | Error)[], landsAt: number | null) => {
  const tries: string[] = [];
  const sends = () => tries.filter((one) => one === "send").length;
  return {
    tries,
    step: {
      key: "note",
      send: async () => {
        tries.push("send");
        const answer = answers[sends() - 1] ?? "7";
        if (answer instanceof Error) throw answer;
        return answer;
      },
      find: async () => {
        tries.push("find");
        return landsAt !== null && sends() >= landsAt ? "7" : null;
      },
    },
  };
};

describe("the ledger", () => {
  let store: FakeStore;
  let clock: FakeClock;
  const open = () => openLedger({ runs: store.runs, clock }, "run-1", signal);
  const rows = () => store.runs.ledger("run-1");
  const leave = (state: LedgerState) =>
    store.runs.writeLedger("run-1", { key: "note", state, remoteId: state === "confirmed" ? "7" : null });
  beforeEach(async () => {
    store = createFakeStore();
    clock = createFakeClock();
    await store.runs.start(someRun());
  });

  it.each([
    { name: "answered", answers: ["7"], landsAt: 1, tries: ["send"] },
    { name: "lost after its effect", answers: [lost], landsAt: 1, tries: ["send", "find"] },
    { name: "lost before its effect", answers: [lost, "7"], landsAt: 2, tries: ["send", "find", "send"] },
    { name: "lost twice", answers: [lost, lost], landsAt: 2, tries: ["send", "find", "send", "find"] },
    {
      name: "repeated, and refused because the first one landed late",
      answers: [lost, refused],
      landsAt: 2,
      tries: ["send", "find", "send", "find"],
    },
  ])("confirms a write that was $name", async ({ answers, landsAt, tries }) => {
    const write = createWrite(answers, landsAt);
    expect(await (await open()).carryOut(write.step)).toBe("7");
    expect(write.tries).toEqual(tries);
    expect(await rows()).toEqual([{ key: "note", state: "confirmed", remoteId: "7" }]);
  });

  it.each([
    { name: "refused", error: refused },
    { name: "never sent", error: notSent },
    { name: "stopped by another failure of the outside", error: new OperationalError("disk", { retryable: true }) },
  ])("plans a write again that was $name", async ({ error }) => {
    const write = createWrite([error], null);
    await expect((await open()).carryOut(write.step)).rejects.toBe(error);
    expect(write.tries).toEqual(["send"]);
    expect(await rows()).toEqual([{ key: "note", state: "planned", remoteId: null }]);
  });

  it("does not know of a write that was aborted, and looks for it next time before it sends again", async () => {
    const aborted = new DOMException("the worker stops", "AbortError");
    const write = createWrite([aborted], 1);
    await expect((await open()).carryOut(write.step)).rejects.toBe(aborted);
    expect(await rows()).toEqual([{ key: "note", state: "unknown", remoteId: null }]);
    expect(await (await open()).carryOut(write.step)).toBe("7");
    expect(write.tries).toEqual(["send", "find"]);
  });

  it.each([
    { state: "confirmed", landsAt: null, tries: [] },
    { state: "planned", landsAt: 0, tries: ["send"] },
    { state: "sent", landsAt: 0, tries: ["find"] },
    { state: "unknown", landsAt: 0, tries: ["find"] },
    { state: "sent", landsAt: null, tries: ["find", "send"] },
  ] as const)("takes up a row that was left $state", async ({ state, landsAt, tries }) => {
    await leave(state);
    const write = createWrite(["7"], landsAt);
    expect(await (await open()).carryOut(write.step)).toBe("7");
    expect(write.tries).toEqual(tries);
  });

  it("says 'sent' before it sends, so that a crash in between leaves a trace", async () => {
    const ledger = await open();
    const states: (readonly unknown[])[] = [];
    const send = async (): Promise<string> => {
      states.push(await rows());
      return "7";
    };
    await ledger.carryOut({ key: "note", send, find: async () => null });
    expect(states).toEqual([[{ key: "note", state: "sent", remoteId: null }]]);
  });

  it("gives up, retryably, when no try is answered or seen, having waited longer each time", async () => {
    const write = createWrite([lost, lost, lost, lost], null);
    await expect((await open()).carryOut(write.step)).rejects.toMatchObject({ retryable: true });
    expect(write.tries).toEqual(["send", "find", "send", "find", "send", "find", "send"]);
    expect(clock.slept).toEqual([250, 2_000, 8_000]);
    expect(await rows()).toEqual([{ key: "note", state: "unknown", remoteId: null }]);
  });

  it.each([
    { state: "confirmed", recalled: "7", tries: [] },
    { state: "unknown", recalled: "7", tries: ["find"] },
    { state: "planned", recalled: null, tries: [] },
  ] as const)("recalls a step that was left $state without sending it", async ({ state, recalled, tries }) => {
    await leave(state);
    const write = createWrite([], 0);
    expect(await (await open()).recall(write.step)).toBe(recalled);
    expect(write.tries).toEqual(tries);
  });

  it("recalls nothing of a step that was never begun", async () => {
    const write = createWrite([], 0);
    expect(await (await open()).recall(write.step)).toBeNull();
    expect(write.tries).toEqual([]);
  });
});
