import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures/**"],
    globalSetup: ["test/setup/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests with processes and servers wait for half of their time: three workers keep two cores busy.
    maxWorkers: 3,
    reporters: ["default"],
  },
});
