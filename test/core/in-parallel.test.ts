import { expect, it } from "vitest";
import { inParallel } from "../../src/core/in-parallel.ts";

it("begins in order, keeps to the limit, and does each item once", async () => {
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  await inParallel([0, 1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 1));
    underWay -= 1;
  });
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

it("throws the first rejection", async () => {
  const done: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 1) throw new Error("one");
    done.push(await Promise.resolve(item));
  };
  await expect(inParallel([0, 1, 2], 1, work)).rejects.toThrow("one");
  expect(done).toEqual([0]);
});
