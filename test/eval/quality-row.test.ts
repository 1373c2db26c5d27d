import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hasRow } from "../../eval/has-row.ts";
import { promptVersion } from "../../src/review/prompts/prompt-version.ts";

it("has results for the prompts as they are", () => {
  const quality = readFileSync(new URL("../../docs/quality.md", import.meta.url), "utf8");
  expect(hasRow(quality, promptVersion)).toBe(true);
});
