import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures/**"],
    globalSetup: ["test/setup/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default leaves one core to the one that hands out the work, which needs none: on two cores that is half.
    maxWorkers: "100%",
    reporters: ["default"],
  },
});
