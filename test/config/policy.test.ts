import { describe, expect, it } from "vitest";
import { readPolicy } from "../../src/config/policy.ts";
import { defaultPolicy } from "../../src/core/policy.ts";

const read = (base: string | null, main: string | null = base) => readPolicy({ base, default: main });

describe("readPolicy", () => {
  it.each([null, "", "# nothing yet\n", "version: 1\n"])("takes the defaults for %j", (text) => {
    expect(read(text)).toEqual({ policy: defaultPolicy, problems: [] });
  });

  it("takes commands, commits, budget and authors from the default branch alone", () => {
    const base = [
      "commands: { who: read }",
      "commits: off",
      "budget: { usd_per_review: 100 }",
      "triggers: { authors: { ignore: [] }, on_push: full }",
      "publish: check",
    ].join("\n");
    const { policy } = read(base, "commands: { mention: '@robot' }");
    expect(policy.commands).toEqual({ ...defaultPolicy.commands, mention: "@robot" });
    expect(policy.commits).toBe("on_request");
    expect(policy.budget).toEqual(defaultPolicy.budget);
    expect(policy.triggers).toEqual({ ...defaultPolicy.triggers, on_push: "full" });
    expect(policy.publish).toBe("check");
  });

  it.each([
    ["an unknown key", "publish: review\npublsh: off\n", 2, "publsh"],
    ["a wrong value", "review:\n  language: en\n  min_severity: P9\n", 3, "review.min_severity"],
    ["a wrong type inside a list", "paths:\n  ignore:\n    - a\n    - 7\n", 4, "paths.ignore.1"],
    ["broken YAML", "publish: off\n\tcheck: x\n", 2, ""],
    ["a key twice", "publish: off\npublish: check\n", 2, ""],
    ["a list", "- a\n", 1, ""],
    ["aliases", "a: &a [x]\nb: [*a, *a]\n", 1, "aliases"],
    ["a huge file", `# ${"x".repeat(70_000)}`, 1, "64 KiB"],
  ])("reports %s with its line and uses the defaults", (_what, text, line, part) => {
    const { policy, problems } = read(text);
    expect(policy).toEqual(defaultPolicy);
    expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.message).toContain(part);
  });
});
