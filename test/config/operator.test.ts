import { describe, expect, it } from "vitest";
import { ConfigurationError, readEnvironment } from "../../src/config/env.ts";
import { clampPolicy, readOperatorPolicy, type OperatorPolicy } from "../../src/config/operator.ts";
import { defaultPolicy } from "../../src/core/policy.ts";

const read = (env: Readonly<Record<string, string>>, file: string | null = null): OperatorPolicy => {
  const path = file === null ? {} : { OPERATOR_POLICY: "/etc/operator.yml" };
  const environment = readEnvironment({ DATA_DIR: "/nowhere", ...env, ...path });
  return readOperatorPolicy(environment, () => file ?? "");
};

const problemOf = (env: Readonly<Record<string, string>>, file: string | null = null): string => {
  try {
    read(env, file);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "";
};

describe("readOperatorPolicy", () => {
  it("has limits where nothing is said", () => {
    expect(read({})).toEqual({
      allowed_owners: [],
      forks: "members",
      usd_per_review: 5,
      usd_per_day: 100,
      reviews_per_author_and_day: 50,
      allowed_models: [],
      concurrency: 4,
      model_prices: {},
    });
  });

  it("takes a file, and variables over it", () => {
    const file = "forks: all\nusd_per_day: 7\nallowed_owners: [Acme]\n";
    expect(read({ USD_PER_DAY: "3" }, file)).toMatchObject({
      forks: "all",
      usd_per_day: 3,
      allowed_owners: ["acme"],
    });
  });

  it("takes prices from the file, and the variable's over them model by model", () => {
    const file = "model_prices:\n  small: { input: 1, output: 2 }\n  big: { input: 5, cached: 0.5, output: 9 }\n";
    expect(read({ MODEL_PRICES: '{"small":{"input":3,"output":4}}' }, file).model_prices).toEqual({
      small: { input: 3, cachedInput: 3, output: 4 },
      big: { input: 5, cachedInput: 0.5, output: 9 },
    });
  });

  it("reads lists with commas and blanks, and owners in any case", () => {
    expect(read({ ALLOWED_OWNERS: " Acme, shop ,," }).allowed_owners).toEqual(["acme", "shop"]);
  });

  it.each<[string, string, string]>([
    ["an unknown key", "usd_per_month: 1", "usd_per_month"],
    ["a negative amount", "usd_per_day: -1", "usd_per_day"],
    ["a negative price", "model_prices: { m: { input: -1, output: 1 } }", "model_prices.m.input"],
    ["a list", "- forks", "/etc/operator.yml"],
    ["broken YAML", "forks: [", "/etc/operator.yml"],
    ["an alias", "a: &a [x]\nallowed_owners: *a", "/etc/operator.yml"],
  ])("stops at %s in the file", (_what, file, named) => {
    expect(problemOf({}, file)).toContain(named);
  });

  it("stops at a file that is not there", () => {
    const environment = readEnvironment({ DATA_DIR: "/nowhere", OPERATOR_POLICY: "/gone.yml" });
    const reading = () =>
      readOperatorPolicy(environment, () => {
        throw new Error("ENOENT");
      });
    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow("/gone.yml");
  });

  it.each(["MODEL", "MODEL_VERIFIER", "MODEL_FALLBACK"])("stops where %s is not an allowed model", (name) => {
    const env = { ALLOWED_MODELS: "small,gpt-5-codex", [name]: "huge" };
    expect(problemOf(env)).toContain("huge");
    expect(read({ ...env, [name]: "small" }).allowed_models).toEqual(["small", "gpt-5-codex"]);
  });
});

describe("clampPolicy", () => {
  it("lets no repository exceed the operator's money, and leaves what is below it", () => {
    const operator = read({ USD_PER_REVIEW: "1", USD_PER_DAY: "500" });
    expect(clampPolicy(defaultPolicy, operator)).toEqual({
      ...defaultPolicy,
      budget: { ...defaultPolicy.budget, usd_per_review: 1 },
    });
  });
});
