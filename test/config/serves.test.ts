import { describe, expect, it } from "vitest";
import { createServes } from "../../src/config/serves.ts";

describe("createServes", () => {
  it("serves the allowed owners and asks nobody", async () => {
    const serves = createServes(["acme"], () => Promise.reject(new Error("asked")));
    expect(await serves("Acme")).toBe(true);
    expect(await serves("other")).toBe(false);
  });

  it("serves the App's own owner alone where none is named, and asks once", async () => {
    let asked = 0;
    const serves = createServes([], () => {
      asked += 1;
      return Promise.resolve("Acme");
    });
    expect(await serves("acme")).toBe(true);
    expect(await serves("stranger")).toBe(false);
    expect(asked).toBe(1);
  });

  it("asks again after GitHub did not answer", async () => {
    const answers = [Promise.reject(new Error("down")), Promise.resolve("acme")];
    const serves = createServes([], () => answers.shift() ?? Promise.resolve("nobody"));
    await expect(serves("acme")).rejects.toThrow("down");
    expect(await serves("acme")).toBe(true);
  });
});
