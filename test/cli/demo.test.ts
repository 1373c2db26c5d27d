import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LLMock } from "@copilotkit/aimock";
import { afterEach, describe, expect, it } from "vitest";
import { runDemo } from "../../src/cli/demo/run-demo.ts";
import type { DemoOptions } from "../../src/cli/demo/demo-options.ts";
import { readPgliteImage } from "../setup/stores.ts";

const ownFolder = fileURLToPath(new URL("../../demo/", import.meta.url));
const seconds = (count: number): AbortSignal => AbortSignal.timeout(count * 1000);

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const tempFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "codex-review-demo-test-"));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** The demo's repository and pull request without the recordings that come with them. */
const withoutRecordings = async (): Promise<string> => {
  const folder = await tempFolder();
  await cp(ownFolder, folder, { recursive: true, filter: (path) => !path.endsWith(".jsonl") });
  return folder;
};

interface Shown {
  readonly output: string;
  readonly text: string;
  readonly page: string;
}

/** Runs the demo as in a pipe: no colours, nothing written over. */
const show = async (
  over: {
    readonly env?: Readonly<Record<string, string>>;
    readonly folder?: string;
    readonly options?: Partial<DemoOptions>;
  } = {},
): Promise<Shown> => {
  const output = await tempFolder();
  const written: string[] = [];
  await runDemo(
    { output, ...over.options },
    {
      env: { PATH: process.env["PATH"], HOME: output, ...over.env },
      terminal: { write: (text) => written.push(text), live: false, colors: false },
      storeImage: await readPgliteImage(),
      ...(over.folder === undefined ? {} : { folder: over.folder }),
    },
    seconds(60),
  );
  return { output, text: written.join(""), page: await readFile(join(output, "pull-request.html"), "utf8") };
};

/** What stands between the heading of one act and the next. */
const act = (text: string, number: number): string => text.split(/\n(?=\d\. |What is left)/)[number] ?? "";

const hasTool =
  (name: string) =>
  ({ tools }: { readonly tools?: readonly { readonly function: { readonly name: string } }[] }): boolean =>
    tools?.some((tool) => tool.function.name === name) === true;

const call = (name: string, given: object) => ({ name, arguments: JSON.stringify(given) });

const tierFinding = {
  title: "Test for gold before silver",
  body: "25 shipped orders are also at least 10, so the first condition holds and nobody ever becomes gold.",
  severity: "P1",
  category: "correctness",
  confidence: 0.95,
  path: "src/orders/discount.ts",
  at: "head",
  quote: '  if (shipped >= 10) return "silver";\n  if (shipped >= 25) return "gold";',
  start_line: 11,
  end_line: 12,
  trigger: "tierOf(30 shipped orders) -> silver -> should be gold",
  evidence: [],
  replacement: '  if (shipped >= 25) return "gold";\n  if (shipped >= 10) return "silver";',
  rule: null,
  premises: [],
};

/** Speaks OpenAI's API: reports one defect of the demo's pull request, and confirms it as the second reader. */
const startReviewer = async (): Promise<LLMock> => {
  const server = new LLMock({ host: "127.0.0.1", port: 0, logLevel: "silent" });
  const quotes = [{ path: tierFinding.path, quote: 'if (shipped >= 10) return "silver";', at: "head" }];
  const judged = call("judge", { verdict: "confirmed", reason: "30 is at least 10", quotes });
  const finished = call("finish", { verdict: "Nobody becomes gold.", instructions_seen: [] });
  const finder = hasTool("report_finding");
  server.on({ predicate: hasTool("judge") }, { content: "", toolCalls: [judged] });
  server.on(
    { predicate: finder, turnIndex: 0 },
    { content: "", toolCalls: [call("history", { path: tierFinding.path }), call("report_finding", tierFinding)] },
  );
  server.on({ predicate: finder, turnIndex: 1 }, { content: "", toolCalls: [finished] });
  await server.start();
  return server;
};

describe("the demo", { timeout: 90_000 }, () => {
  it("shows with the analyzers alone how a pull request is reviewed once and not twice", async () => {
    const { text, page, output } = await show({ folder: await withoutRecordings() });

    expect(text).toContain("the analyzers work alone");
    expect(act(text, 1)).toContain("Skipped: it is a draft");
    expect(act(text, 2)).toMatch(/delivery +pull_request\.ready_for_review \w{8}, answered 202/);
    expect(act(text, 2)).toMatch(/diff +7 files, \+\d+ -\d+/);
    expect(act(text, 2)).toMatch(/posted +1 new review, [1-9]\d* new comments? on lines/);
    expect(act(text, 2)).toContain("\n  reports/weekly.py:20\n");
    expect(act(text, 3)).toMatch(/posted +0 new reviews, 0 new comments on lines/);
    expect(act(text, 3)).toMatch(/gate "said": already said by this reviewer/);
    expect(text.split("\n").length).toBeLessThan(120);
    expect(text).not.toContain("\u001b");
    expect(page).toMatch(
      /Dropped, and not shown on GitHub[\s\S]*Round 2[\s\S]*gate “said”: already said by this reviewer/,
    );
    expect(text).toContain(join(output, "pull-request.html"));
    expect(page).toContain("reports/weekly.py");
    expect(page).not.toMatch(/<(?:script|link|img)\b/);
  });

  it("keeps what a model answered, and shows the same from the recording without it", async () => {
    const reviewer = await startReviewer();
    cleanUps.push(() => reviewer.stop());
    const folder = await withoutRecordings();
    const env = { OPENAI_BASE_URL: `${reviewer.url}/v1`, OPENAI_API_KEY: "sk-test", MODEL: "test-model" };
    const live = await show({
      env,
      folder,
      options: { record: folder, answeredBy: "a scripted server", note: "made by a test" },
    });
    const asked = reviewer.getRequests().length;
    const replayed = await show({ folder });

    expect(reviewer.getRequests()).toHaveLength(asked);
    expect(replayed.text).toContain("answered by a scripted server");
    for (const { text } of [live, replayed]) {
      expect(act(text, 2)).toMatch(/posted +1 new review, 2 new comments on lines/);
      expect(act(text, 2)).toContain("\n  src/orders/discount.ts:11-12\n");
      expect(act(text, 2)).toContain("    ```suggestion\n");
      expect(act(text, 3)).toMatch(/posted +0 new reviews, 0 new comments on lines/);
    }
  });

  it("shows the pull request and the answers that come with the program", async () => {
    const { text } = await show();

    expect(act(text, 2)).toMatch(/posted +1 new review/);
    expect(act(text, 3)).toMatch(/posted +0 new reviews, 0 new comments on lines/);
  });

  it("says in one sentence what a recording needs", async () => {
    await expect(show({ options: { record: "anywhere" } })).rejects.toThrow("--record needs a model");
  });

  it("names the line of a recording that does not fit", async () => {
    const folder = await withoutRecordings();
    await writeFile(join(folder, "journal-1.jsonl"), "{}\n");
    await writeFile(join(folder, "journal-2.jsonl"), "{}\n");

    await expect(show({ folder })).rejects.toThrow("line 1 of the recording does not fit");
  });
});
