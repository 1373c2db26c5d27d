import { describe, expect, it } from "vitest";
import { hasRow } from "../../eval/has-row.ts";

const quality = [
  "Measured with 2026-11-23.9, not yet.",
  "",
  "| prompts        | cases | precision |",
  "| -------------- | ----- | --------- |",
  "| `2026-11-23.1` | 13    | 0.50      |",
  "  | 2026-11-23.12 | 13    | 0.60      |",
].join("\n");

describe("a row of results", () => {
  it.each([
    { version: "2026-11-23.1", has: true },
    { version: "2026-11-23.12", has: true },
    { version: "2026-11-23.2", has: false },
    { version: "2026-11-23.9", has: false },
  ])("of version $version is there: $has", ({ version, has }) => {
    expect(hasRow(quality, version)).toBe(has);
  });
});
