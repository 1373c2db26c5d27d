import { describe, expect, it } from "vitest";
import { readOverCap, recordOverCap } from "../../src/review/over-cap.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { someFinding } from "../fakes/finding.ts";
import { someRef } from "../fakes/pull-request.ts";
import { someRun } from "../fakes/run.ts";

const headSha = "a".repeat(40);
const overCap = { gate: "rank", action: "demote", reason: "number 6", label: "over the cap" } as const;
const below = { gate: "policy", action: "demote", reason: "P3", label: "below the threshold" } as const;

/** A review of `head` that leaves one finding on its line, one below the threshold and `fingerprint` over the cap. */
const review = async ({ runs }: FakeStore, id: string, { head = headSha, fingerprint = id } = {}): Promise<void> => {
  await runs.start(someRun({ id, headSha: head, requestIds: [id] }));
  const judged = [
    someFinding({ evidence: { fingerprint: "line" } }),
    someFinding({ evidence: { fingerprint: "below" }, verdicts: [below] }),
    someFinding({ evidence: { fingerprint }, verdicts: [overCap] }),
  ];
  await recordOverCap(
    runs,
    id,
    judged.map((finding) => finding.judged),
  );
};

describe("what the cap moved into the summary", () => {
  it("is known of every finished review of the same head, and of no other", async () => {
    const store = createFakeStore();
    await review(store, "first");
    await review(store, "second");
    await review(store, "other-head", { head: "b".repeat(40) });
    for (const id of ["first", "second", "other-head"])
      await store.runs.finish(id, { kind: "reviewed", mergeBase: "m", partial: false });
    await review(store, "unfinished");
    expect(await readOverCap(store.runs, { ref: someRef, headSha })).toEqual(new Set(["first", "second"]));
  });

  it("is nothing where no review of this head left any", async () => {
    const store = createFakeStore();
    await store.runs.start(someRun({ id: "clean" }));
    await recordOverCap(store.runs, "clean", [someFinding().judged]);
    await store.runs.finish("clean", { kind: "reviewed", mergeBase: "m", partial: false });
    expect(await readOverCap(store.runs, { ref: someRef, headSha })).toEqual(new Set());
  });
});
