import { expect, it } from "vitest";
import { createInTurn } from "../../src/core/in-turn.ts";

it("begins each once the one before is done, and tells a failure to its own caller alone", async () => {
  const inTurn = createInTurn();
  const seen: string[] = [];
  const first = inTurn(async () => {
    seen.push("first begins");
    await Promise.resolve();
    seen.push("first ends");
    throw new Error("first");
  });
  const second = inTurn(() => {
    seen.push("second begins");
    return Promise.resolve(2);
  });
  await expect(first).rejects.toThrow("first");
  expect(await second).toBe(2);
  expect(seen).toEqual(["first begins", "first ends", "second begins"]);
});
