import { describe, expect, it } from "vitest";
import { changeMessages, policyMessage } from "../../../src/core/prompt.ts";
import { sha256Hex } from "../../../src/core/sha256-hex.ts";
import { promptVersion } from "../../../src/review/prompts/prompt-version.ts";
import { findPrompt, securityPrompt } from "../../../src/review/prompts/find.ts";
import { verifyAgainPrompt } from "../../../src/review/prompts/verify-again.ts";
import { verifyPrompt } from "../../../src/review/prompts/verify.ts";
import { findCandidates } from "../../../src/review/agent/run-agent.ts";
import { verifyCandidates } from "../../../src/review/verify.ts";
import type { ToolSpec } from "../../../src/review/model-ports.ts";
import { changedFile } from "../../fakes/changed-file.ts";
import { createFakeModel, inTurns } from "../../fakes/fake-model.ts";
import { someCandidate, someJudged, someThread } from "../../fakes/judged.ts";
import { someBrief } from "../../fakes/some-brief.ts";
import { finish, someBudget, someDesk } from "../agent/some-change.ts";

const never = new AbortController().signal;

/** Digest of all prompts, tool descriptions and, since 2026-11-23.10, messages by version. Changed a text? Give it a version and add its digest. */
const digests: Readonly<Record<string, string>> = {
  "2026-11-23.1": "68892b28e5ec15b792d15f1c40f749eb62173efbedcc9ede3378e315ab2f4f81",
  "2026-11-23.2": "6cf2bc2167ee33dc29d09c18fc8c2700feb7492ed7970e3b54c07335c8f5237d",
  "2026-11-23.3": "1b925f8352ef1eee14112eae15269e91f456e98d2d21fa0f57b883f64e2217bd",
  "2026-11-23.4": "65427bbf67441bda6ca79ba112ac61b746dacdba7730ba971e1d8de78ba18585",
  "2026-11-23.7": "85a1fb374c048cfc4b3fca2d9679baa6c65bd9dd369cbe8fff327789f7a63195",
  "2026-11-23.8": "bbb40dd809deef639a0e7ab8383744e6fdda5a48e1895c5dbd2e5b4089e3074e",
  "2026-11-23.9": "9460b052090eeac2e6d78f6945307409fd2a5a6c78765c02504de8fff0535eb4",
  "2026-11-23.10": "b2cb17de09d7dc9868a91c12dd27bccf4c95792d55d9d02114ead74face32bd7",
  "2026-11-23.11": "5e15eaf1199e59a5efe05e8b7e6423950fafbee37e28e3c10ad6f0f07cc33715",
};

const toolsOf = async (): Promise<readonly ToolSpec[]> => {
  const { deps, task, model } = someDesk(inTurns({ calls: [finish()] }));
  await findCandidates(deps, task, never);
  const verifier = createFakeModel(inTurns({ stop: "refused" }));
  const judged = [someJudged()];
  await verifyCandidates({ ...deps, model: verifier }, { runId: "run-1", judged, budget: someBudget() }, never);
  return [...model.requests, ...verifier.requests].flatMap(({ tools }) => tools);
};

/** The messages with something in each part, as far as the program words them. */
const messages = (): readonly string[] => {
  const file = changedFile("src/a.ts", ["@@ -1,1 +1,1 @@", "-export const a = 1;", "+export const a = 2;"]);
  const path = file.path;
  const symbol = { kind: "constant", name: "a", startLine: 1, endLine: 1, exported: true, signature: "a" };
  const brief = someBrief({
    files: [file],
    focus: "the sum",
    commitMessages: ["commit"],
    linkedIssues: [{ number: 12, title: "issue", body: "text" }],
    openThreads: [someThread({ path, line: 1, author: "writer", isResolved: false, body: "said" })],
    analyzerFindings: [someCandidate({ path, line: 1, title: "found" })],
    ignored: [{ path: "dist/a.js", reason: "built" }],
    surroundings: {
      outlines: [{ path, symbols: [symbol] }],
      uses: [{ name: "a", definedIn: path, removed: false, lines: [{ path: "b.ts", line: 1, text: "a" }], more: 1 }],
      tests: [{ path, tests: ["test/a.test.ts"] }],
      history: [{ path, commits: [{ sha: "a".repeat(40), date: "2026-01-01T00:00:00Z", subject: "first" }] }],
      missing: ["uses of 1 more name"],
    },
  });
  const bundle = { number: 1, of: 2, allFiles: [file] };
  const briefs = [brief, { ...brief, bundle }, { ...brief, quick: true }];
  return [policyMessage(brief), ...briefs.flatMap((each) => changeMessages(each, "untrusted-fence").texts)];
};

describe("the prompt version", () => {
  it("names the texts as they are", async () => {
    const texts = {
      findPrompt,
      securityPrompt,
      verifyPrompt,
      verifyAgainPrompt,
      messages: messages(),
      tools: await toolsOf(),
    };
    expect({ [promptVersion]: digests[promptVersion] }).toEqual({ [promptVersion]: sha256Hex(JSON.stringify(texts)) });
  });
});

describe("a tool's schema", () => {
  it("is one that strict function tools take", async () => {
    for (const { name, parameters } of await toolsOf()) {
      expect({ name, faults: strictFaults(parameters) }).toEqual({ name, faults: [] });
    }
  });
});

/** https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */
const strictFaults = (schema: unknown, path = "$"): readonly string[] => {
  if (Array.isArray(schema)) return schema.flatMap((item, index) => strictFaults(item, `${path}[${index}]`));
  if (typeof schema !== "object" || schema === null) return [];
  const entries = new Map(Object.entries(schema));
  const unknown = [...entries.keys()].filter((key) => !path.endsWith("properties") && !supported.has(key));
  const properties = entries.get("properties");
  const names = typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  const open = entries.get("type") === "object" && entries.get("additionalProperties") !== false;
  const optional = names.filter((name) => !JSON.stringify(entries.get("required") ?? []).includes(`"${name}"`));
  const required: unknown = entries.get("required");
  const unnamed = Array.isArray(required)
    ? required.filter((name: unknown) => !names.some((known) => known === name))
    : [];
  return [
    ...unknown.map((key) => `${path}.${key} is not supported`),
    ...(open ? [`${path} takes additional properties`] : []),
    ...unnamed.map((name) => `${path}.${String(name)} is required and not there`),
    ...optional.map((name) => `${path}.${name} is optional`),
    ...[...entries].flatMap(([key, value]) =>
      key === "required" || key === "enum" ? [] : strictFaults(value, `${path}.${key}`),
    ),
  ];
};

const supported = new Set(
  "type properties required additionalProperties items anyOf enum description pattern minItems maxItems".split(" "),
);
