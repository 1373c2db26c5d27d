import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createCallRunner } from "../../../src/review/agent/run-calls.ts";
import { defineTool, note } from "../../../src/review/agent/tool.ts";

const never = new AbortController().signal;

const echo = defineTool({
  name: "echo",
  description: "Says it again.",
  input: z.strictObject({ word: z.string() }),
  run: async ({ word }) => note(word),
});

/** Runs the turns, each a list of words to echo; a number is an argument that does not fit. */
const runTurns = async (turns: readonly (readonly (string | number)[])[]): Promise<readonly string[][]> => {
  const runner = createCallRunner({ tools: [echo], fence: "untrusted-1", inOrder: new Set() });
  const results: string[][] = [];
  for (const [turn, words] of turns.entries()) {
    const calls = words.map((word, index) => ({
      callId: `${turn}-${index}`,
      name: "echo",
      arguments: JSON.stringify({ word }),
    }));
    const items = await runner.run(calls, never);
    results.push(items.map((item) => (item.type === "result" ? firstWords(item.output) : item.type)));
  }
  return results;
};

const firstWords = (output: string): string => output.split(/[:,\n]/)[0] ?? "";

const mend = "The arguments do not fit";
const givenUp = "The arguments do not fit again";

describe("calls that do not fit", () => {
  it.each([
    { what: "one turn is one strike, however many calls it has", turns: [[1, 2, 3]], says: [[mend, mend, mend]] },
    { what: "the second turn in a row gives up", turns: [[1, 2], [3]], says: [[mend, mend], [givenUp]] },
    { what: "a call that fits begins the count anew", turns: [[1], ["a"], [2]], says: [[mend], ["a"], [mend]] },
    { what: "so does one that fits in the same turn", turns: [[1, "a"], [2]], says: [[mend, "a"], [mend]] },
  ])("$what", async ({ turns, says }) => {
    expect(await runTurns(turns)).toEqual(says);
  });
});
