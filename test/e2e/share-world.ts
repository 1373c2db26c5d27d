import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { storesUnderTest, type StoreUnderTest } from "../setup/stores.ts";
import { startWorld, type World, type WorldOptions } from "./world.ts";

/** The store that starts quickest, for tests in which the store does not matter. */
export const anyStore = (): StoreUnderTest => {
  const store = storesUnderTest().at(-1);
  if (store === undefined) throw new Error("there is no store to test on");
  return store;
};

/**
 * One world for all tests of a `describe`, each with a repository of its own: starting one takes seconds. Every test
 * begins with a model that finds nothing, and ends with everything that was sent fitting GitHub's descriptions.
 */
export const shareWorld = (options: Omit<WorldOptions, "model">): (() => World) => {
  let world: World | null = null;
  const shared = (): World => {
    if (world === null) throw new Error("the world starts with the first test");
    return world;
  };
  beforeAll(async () => {
    world = await startWorld(options);
  });
  afterAll(() => shared().stop());
  beforeEach(() => shared().enter());
  afterEach(() => expect(shared().violations()).toEqual([]));
  return shared;
};
