import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/simulator/http/faults.ts";
import type { PullView } from "../../src/simulator/simulator.ts";
import { storesUnderTest, type StoreUnderTest } from "../setup/stores.ts";
import {
  breakWrite,
  maxRounds,
  openParts,
  playRound,
  reviewer,
  show,
  shownAfter,
  watchWrites,
  type Write,
} from "./each-write.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import type { World } from "./world.ts";

/** Every kind on one store; on the others the one that leaves least behind: the effect without any answer. */
const kindsOn = (store: StoreUnderTest): readonly FaultKind[] =>
  store.name === anyStore().name ? ["500_before", "500_after", "reset_after", "hang_after"] : ["reset_after"];

/** The writes of the first three rounds, which nothing disturbs; every later round writes what the third one does. */
const learnWrites = async (world: World): Promise<readonly ReadonlyMap<string, Write>[]> => {
  const rounds: ReadonlyMap<string, Write>[] = [];
  world.enter(reviewer);
  let watch = watchWrites(world);
  const pull = await openParts(world, "undisturbed");
  await world.answered("opened");
  for (const round of [1, 2, 3]) {
    watch.stop();
    rounds.push(watch.writes);
    watch = watchWrites(world);
    if (round < 3) await playRound(world, round, [pull]);
  }
  watch.stop();
  expect(show(world, pull)).toEqual(shownAfter(2));
  return rounds;
};

type Writes = ReadonlyMap<string, Write>;

const onlyIn = (writes: Writes, others: readonly Writes[]): readonly Write[] =>
  [...writes].flatMap(([name, write]) => (others.some((other) => other.has(name)) ? [] : [write]));

/** The one write that each round breaks: first those that only an early round has, then one round for each other. */
const plan = (rounds: readonly Writes[]): readonly (Write | null)[] => {
  const later = (round: number) => rounds.filter((_, at) => at > round);
  const early = rounds.slice(0, -1).map((writes, round) => onlyIn(writes, later(round)));
  for (const writes of early) expect(writes.length).toBeLessThanOrEqual(1);
  return [...early.map(([write]) => write ?? null), ...(rounds.at(-1)?.values() ?? [])];
};

describe.each(storesUnderTest())("a review on $name", (store) => {
  const shared = shareWorld({ store, requestTimeoutMs: 700, analyzers: [] });

  it("is seen exactly once, whichever of its writes is the one that meets a fault", async () => {
    const world = shared();
    const kinds = kindsOn(store);
    const writes = plan(await learnWrites(world));
    const names = writes.flatMap((write) => write?.name ?? []);
    expect(names).toContain("POST /repos/{owner}/{repo}/issues/{issue_number}/comments");
    expect(names.length).toBeGreaterThanOrEqual(8);
    expect(writes.length).toBeLessThanOrEqual(maxRounds);

    world.enter(reviewer);
    const hits: string[] = [];
    let pulls: readonly PullView[] = [];
    for (const [round, write] of writes.entries()) {
      if (round === 0) pulls = await Promise.all(kinds.map((kind) => openParts(world, kind.replace("_", "-"))));
      if (write !== null)
        for (const [at, pull] of pulls.entries())
          breakWrite(world, pull, { kind: kinds[at] ?? "pass", write, onHit: () => void hits.push(write.name) });
      if (round === 0) await world.answered("opened", pulls.length);
      else await playRound(world, round, pulls);
      for (const [at, pull] of pulls.entries())
        expect({ kind: kinds[at], write: write?.name, ...show(world, pull) }).toEqual({
          kind: kinds[at],
          write: write?.name,
          ...shownAfter(round),
        });
    }
    expect(hits.toSorted()).toEqual(kinds.flatMap(() => names).toSorted());
  }, 90_000);
});
