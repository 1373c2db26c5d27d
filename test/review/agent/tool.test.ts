import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findingInput } from "../../../src/review/agent/finding-input.ts";
import { defineTool, note } from "../../../src/review/agent/tool.ts";

const never = new AbortController().signal;

const tool = defineTool({
  name: "try",
  description: "Tries.",
  input: z.strictObject({
    pattern: z.string().min(1).max(5).describe("What to try."),
    title: z.string().max(9).nullable(),
    count: z.int().min(0).max(3),
    line: z.int().min(1).nullable(),
  }),
  run: async (input) => note(JSON.stringify(input)),
});

const say = async (given: string): Promise<string> => (await tool.run(given, never)).note;

describe("a tool's schema", () => {
  it("holds every argument, also one that is called like a keyword, and tells limits in words", () => {
    expect(tool.spec.parameters).toEqual({
      type: "object",
      properties: {
        pattern: { type: "string", description: "What to try. At most 5 characters." },
        title: { anyOf: [{ type: "string", description: "At most 9 characters." }, { type: "null" }] },
        count: { type: "integer", description: "At most 3." },
        line: { anyOf: [{ type: "integer" }, { type: "null" }] },
      },
      required: ["pattern", "title", "count", "line"],
      additionalProperties: false,
    });
  });
});

describe("a call that does not fit", () => {
  it.each([
    { given: '{"count": 1}', fault: "- pattern: Invalid input: expected string, received undefined" },
    { given: '{"pattern": "ab", "count": 4}', fault: "- count: Too big: expected number to be <=3" },
    { given: '{"pattern": "ab", "count": 1, "more": 2}', fault: '- all: Unrecognized key: "more"' },
    { given: "[]", fault: "- all: Invalid input: expected object, received array" },
  ])("is told what is wrong alone: $given", async ({ given, fault }) => {
    expect(await say(given)).toBe(fault);
  });

  it.each(["secret text", '{"title": "secret text" "x"}', '{"title": "secret', `{"a": ${'"secret", '.repeat(50)}}`])(
    "is not repeated where it is no JSON: %s",
    async (given) => {
      const said = await say(given);
      expect(said).toContain("- the arguments are not JSON: SyntaxError");
      expect(said).not.toContain("secret");
    },
  );

  it("is told of a few faults and how many more there are", async () => {
    const finding = defineTool({ name: "report", description: "", input: findingInput, run: async () => note("") });
    const { note: said } = await finding.run('{"title": ""}', never);
    expect(said.split("\n")).toHaveLength(9);
    expect(said).toMatch(/\n- and \d+ more$/);
  });

  it("may leave out what may be null", async () => {
    expect(await say('{"pattern": "ab", "count": 1}')).toBe('{"pattern":"ab","title":null,"count":1,"line":null}');
  });
});
