import { expect, it } from "vitest";
import { someRef } from "../fakes/pull-request.ts";
import { someEntry, someRun } from "../fakes/run.ts";
import { someDelivery, someRequest, want } from "../fakes/wanted.ts";
import type { OpenStores, Stores } from "./stores.ts";

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 10, minute));
const longAgo = new Date(0);

const review = async ({ runs }: Stores, id: string, minute: number): Promise<void> => {
  await runs.start(someRun({ id, headSha: `head-${id}`, startedAt: at(minute) }));
  await runs.finish(id, { kind: "reviewed", mergeBase: `base-${id}`, partial: false });
};

/** What every RunStore promises. */
export const runStoreContract = (open: OpenStores): void => {
  it("finds the run that a lost worker left", async () => {
    const { runs } = await open();
    expect(await runs.findActive(someRef)).toBeNull();
    await runs.start(someRun());
    expect(await runs.findActive(someRef)).toEqual({ ...someRun(), state: "active", mergeBase: null });
    expect(await runs.findActive({ ...someRef, number: 8 })).toBeNull();
  });

  it.each([
    { kind: "reviewed", mergeBase: "base", partial: true },
    { kind: "skipped", reason: "draft \0" },
    { kind: "failed", reason: "model down" },
    { kind: "superseded" },
  ] as const)("does not take up a run that ended as $kind", async (outcome) => {
    const { runs } = await open();
    await runs.start(someRun());
    await runs.finish("run-1", outcome);
    expect(await runs.findActive(someRef)).toBeNull();
  });

  it("answers a run's requests with its end, and leaves those that were answered before and all others", async () => {
    const { runs, wanted, deliveries } = await open();
    for (const id of ["one", "two", "three"]) await want(deliveries, someRequest({ id }));
    await wanted.answer(["one"], { runId: null, note: "closed" });
    await runs.start(someRun({ requestIds: ["one", "two"] }));
    const ending = { kind: "reviewed", mergeBase: "base", partial: false } as const;
    await runs.finish("run-1", ending, { requestIds: ["one", "two"], note: "clean \0" });
    expect((await wanted.unanswered(someRef)).map(({ id }) => id)).toEqual(["three"]);
    await runs.start(someRun({ id: "run-2" }));
    await runs.finish("run-2", { kind: "superseded" });
    expect((await wanted.unanswered(someRef)).map(({ id }) => id)).toEqual(["three"]);
  });

  it("starts a run once", async () => {
    const { runs } = await open();
    await runs.start(someRun());
    await expect(runs.start(someRun())).rejects.toBeInstanceOf(Error);
  });

  it("lists reviewed heads, newest first, and no others", async () => {
    const stores = await open();
    await review(stores, "two", 2);
    await review(stores, "one", 1);
    await stores.runs.start(someRun({ id: "three", startedAt: at(3) }));
    await stores.runs.finish("three", { kind: "failed", reason: "model down" });
    expect(await stores.runs.reviewedHeads(someRef)).toEqual([
      { headSha: "head-two", mergeBase: "base-two", runId: "two" },
      { headSha: "head-one", mergeBase: "base-one", runId: "one" },
    ]);
  });

  it("keeps a stage's last result and answers null for one that never ended", async () => {
    const { runs } = await open();
    await runs.start(someRun());
    await runs.writeStage("run-1", "find", { candidates: [] });
    await runs.writeStage("run-1", "find", { text: "a \0 \u{1F600} \ud800 b", none: null });
    expect(await runs.readStage("run-1", "find")).toEqual({ text: "a \0 \u{1F600} \ud800 b", none: null });
    expect(await runs.readStage("run-1", "verify")).toBeNull();
    expect(await runs.readStage("nobody", "find")).toBeNull();
  });

  it("keeps the ledger in the order in which its writes were planned", async () => {
    const { runs } = await open();
    await runs.start(someRun());
    await runs.writeLedger("run-1", { key: "review", state: "planned", remoteId: null });
    await runs.writeLedger("run-1", { key: "check", state: "sent", remoteId: null });
    await runs.writeLedger("run-1", { key: "review", state: "confirmed", remoteId: "77" });
    expect(await runs.ledger("run-1")).toEqual([
      { key: "review", state: "confirmed", remoteId: "77" },
      { key: "check", state: "sent", remoteId: null },
    ]);
    expect(await runs.ledger("nobody")).toEqual([]);
  });

  it("has one speaker for each sentence on a pull request, who may be asked again", async () => {
    const { runs } = await open();
    const speakers = ["guid-1", "guid-2"];
    const ask = (key: string, speaker: string, ref = someRef): Promise<boolean> => runs.sayOnce(ref, { key, speaker });
    const asked = await Promise.all(speakers.map((speaker) => ask("no-permission", speaker)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await Promise.all(speakers.map((speaker) => ask("no-permission", speaker)))).toEqual(asked);
    expect(await ask("closed", "guid-2")).toBe(true);
    expect(await ask("no-permission", "guid-3", { ...someRef, number: 8 })).toBe(true);
  });

  it("finds the runs on a commit, newest first, of whichever pull request", async () => {
    const { runs } = await open();
    await runs.start(someRun({ id: "one", startedAt: at(1) }));
    await runs.start(someRun({ id: "two", startedAt: at(2), pullRequest: { ...someRef, number: 8 } }));
    await runs.start(someRun({ id: "elsewhere", pullRequest: { ...someRef, repositoryId: 102 } }));
    await runs.start(someRun({ id: "another", headSha: "c".repeat(40) }));
    const found = await runs.ofHead(someRef.repositoryId, someRun().headSha);
    expect(found.map(({ id, pullRequest }) => [id, pullRequest.number])).toEqual([
      ["two", 8],
      ["one", someRef.number],
    ]);
  });

  it("counts the runs on an author's pull requests, but what was skipped, older or named", async () => {
    const { runs } = await open();
    const start = (id: string, over: Partial<Parameters<typeof someRun>[0]> = {}): Promise<void> =>
      runs.start(someRun({ id, startedAt: at(5), ...over }));
    await start("read");
    await start("on-another-pull-request", { pullRequest: { ...someRef, repositoryId: 102 } });
    await start("overtaken");
    await start("skipped");
    await start("this-one");
    await start("older", { startedAt: at(1) });
    await start("somebody-else", { author: "alice" });
    await start("nobody", { author: null });
    await runs.finish("overtaken", { kind: "superseded" });
    await runs.finish("skipped", { kind: "skipped", reason: "draft" });
    expect(await runs.countByAuthor("mona", { since: at(5), besides: "this-one" })).toBe(3);
    expect(await runs.countByAuthor("bob", { since: at(0), besides: "this-one" })).toBe(0);
  });

  it("sums what model calls cost, of a repository or of its installation", async () => {
    const { runs, journal } = await open();
    await runs.start(someRun());
    await runs.start(someRun({ id: "run-2", pullRequest: { ...someRef, repositoryId: 102 } }));
    await journal.append("run-1", someEntry({}, { usd: 0.25 }));
    await journal.append("run-1", someEntry({ turn: 1 }, { usd: 0.5 }));
    await journal.append("run-2", someEntry({}, { usd: 1 }));
    const { repositoryId, installationId } = someRef;
    expect(await runs.spentSince({ repositoryId }, longAgo)).toEqual({ usd: 0.75, unknown: false });
    expect(await runs.spentSince({ installationId }, longAgo)).toEqual({ usd: 1.75, unknown: false });
    expect(await runs.spentSince({ repositoryId: 103 }, longAgo)).toEqual({ usd: 0, unknown: false });
    expect(await runs.spentSince({ repositoryId }, new Date("2100-01-01"))).toEqual({ usd: 0, unknown: false });
  });

  it("says that a cost is unknown and does not take it for nothing", async () => {
    const { runs, journal } = await open();
    await runs.start(someRun());
    await journal.append("run-1", someEntry({}, { usd: 0.25 }));
    await journal.append("run-1", someEntry({ turn: 1 }, { usd: null }));
    const { repositoryId } = someRef;
    expect(await runs.spentSince({ repositoryId }, longAgo)).toEqual({ usd: 0.25, unknown: true });
  });

  it("forgets a repository: runs, requests, payloads, not the money", async () => {
    const stores = await open();
    const { runs, journal, deliveries, wanted, leases } = stores;
    await deliveries.transaction((connection) => deliveries.insertDelivery(someDelivery(), connection));
    await want(deliveries, someRequest());
    await leases.acquire(someRef, "job-1");
    await review(stores, "run-1", 1);
    await journal.append("run-1", someEntry());
    await runs.writeStage("run-1", "find", {});
    await runs.sayOnce(someRef, { key: "closed", speaker: "guid-1" });
    await runs.forgetRepository(someRef.repositoryId);
    expect(await runs.reviewedHeads(someRef)).toEqual([]);
    expect(await runs.readStage("run-1", "find")).toBeNull();
    expect(await journal.find("run-1", someEntry())).toBeNull();
    expect(await wanted.unanswered(someRef)).toEqual([]);
    expect(await deliveries.readDelivery("guid-1")).toBeNull();
    expect(await runs.sayOnce(someRef, { key: "closed", speaker: "guid-2" })).toBe(true);
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: true });
    expect((await runs.spentSince({ installationId: someRef.installationId }, longAgo)).usd).toBe(0.25);
  });

  it("knows the GUIDs of a forgotten repository, and leaves other repositories alone", async () => {
    const { runs, deliveries } = await open();
    const elsewhere = someDelivery({ guid: "guid-2", payload: '{"repository":{"id":102}}' });
    const insert = (delivery: typeof elsewhere): Promise<boolean> =>
      deliveries.transaction((connection) => deliveries.insertDelivery(delivery, connection));
    await insert(someDelivery());
    await insert(elsewhere);
    await runs.forgetRepository(someRef.repositoryId);
    expect(await insert(someDelivery())).toBe(false);
    expect(await deliveries.readDelivery("guid-2")).toEqual(elsewhere);
  });
};
