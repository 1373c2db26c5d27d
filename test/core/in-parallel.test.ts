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
  const work = (item: number) => (item === 1 ? Promise.reject(new Error("one")) : Promise.resolve());
  await expect(inParallel([0, 1, 2], 1, work)).rejects.toThrow("one");
});
