import type { ModelRequest } from "../../src/review/model-ports.ts";

/** A request with one tool that asks nothing in particular. */
export const someRequest = (over: Partial<ModelRequest> = {}): ModelRequest => ({
  at: { stage: "find", conversation: "main", turn: 0 },
  promptVersion: "v1",
  model: "model-1",
  effort: "medium",
  instructions: "Review.",
  input: [{ type: "user", text: "What is wrong?" }],
  tools: [
    {
      name: "read_file",
      description: "Reads a file.",
      parameters: {
        type: "object",
        properties: { path: { type: "string" } },
        required: ["path"],
        additionalProperties: false,
      },
    },
  ],
  output: null,
  maxOutputTokens: 1000,
  cacheKey: "find-run-1",
  ...over,
});
