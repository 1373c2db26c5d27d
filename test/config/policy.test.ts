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
    { what: "an unknown key", text: "publish: review\npublsh: off\n", line: 2, part: "publsh" },
    {
      what: "a wrong value",
      text: "review:\n  language: en\n  min_severity: P9\n",
      line: 3,
      part: "review.min_severity",
    },
    {
      what: "a wrong type inside a list",
      text: "paths:\n  ignore:\n    - a\n    - 7\n",
      line: 4,
      part: "paths.ignore.1",
    },
    { what: "broken YAML", text: "publish: off\n\tcheck: x\n", line: 2, part: "" },
    { what: "a key twice", text: "publish: off\npublish: check\n", line: 2, part: "" },
    { what: "a list", text: "- a\n", line: 1, part: "" },
    { what: "aliases", text: "a: &a [x]\nb: [*a, *a]\n", line: 1, part: "aliases" },
    { what: "a huge file", text: `# ${"x".repeat(70_000)}`, line: 1, part: "64 KiB" },
  ])("reports $what with its line and uses the defaults", ({ text, line, part }) => {
    const { policy, problems } = read(text);
    expect(policy).toEqual(defaultPolicy);
    expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.message).toContain(part);
  });
});
