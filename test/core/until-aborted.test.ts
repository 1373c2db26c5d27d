import { expect, it } from "vitest";
import { untilAborted } from "../../src/core/until-aborted.ts";

const never = new Promise<never>(() => undefined);

it("answers with what is shared, or with the reason of whichever abort comes first", async () => {
  const stop = new AbortController();
  expect(await untilAborted(Promise.resolve(1), stop.signal)).toBe(1);
  const waiting = untilAborted(never, stop.signal);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(untilAborted(never, stop.signal)).rejects.toThrow("enough");
});
