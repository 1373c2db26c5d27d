import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { policyJsonSchema } from "../../src/config/policy-schema.ts";
import { readPolicy } from "../../src/config/policy.ts";
import { defaultPolicy } from "../../src/core/policy.ts";

const example = readFileSync("docs/codex-review.example.yml", "utf8");

describe("docs/policy.schema.json", () => {
  it("is what `npm run schema` writes", () => {
    expect(JSON.parse(readFileSync("docs/policy.schema.json", "utf8"))).toEqual(policyJsonSchema());
  });

  it("names every key of the policy, requires none of them, and takes no other", () => {
    const schema = z.looseObject({
      properties: z.record(z.string(), z.unknown()),
      required: z.array(z.string()).default([]),
      additionalProperties: z.boolean(),
    });
    const { properties, required, additionalProperties } = schema.parse(policyJsonSchema());
    expect(Object.keys(properties)).toEqual(Object.keys(defaultPolicy));
    expect([required, additionalProperties]).toEqual([[], false]);
  });
});

describe("docs/codex-review.example.yml", () => {
  it("is valid and holds the defaults", () => {
    expect(readPolicy({ base: example, default: example })).toEqual({ policy: defaultPolicy, problems: [] });
  });

  it("writes every key out", () => {
    const missing = Object.entries(defaultPolicy).flatMap(([name, value]) => {
      const names = typeof value === "object" && !Array.isArray(value) ? [name, ...Object.keys(value)] : [name];
      return names.filter((key) => !new RegExp(`(?:^|[{,])\\s*${key}:`, "m").test(example));
    });
    expect(missing).toEqual([]);
  });
});
