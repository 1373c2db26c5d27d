import { describe, expect, it } from "vitest";
import { OperationalError } from "../../src/review/errors.ts";
import type { Analyzer } from "../../src/review/ports.ts";
import { runAnalyzers } from "../../src/review/run-analyzers.ts";
import { analyzedFile } from "../fakes/analyzed-file.ts";
import { createFakeAnalyzer } from "../fakes/fake-analyzer.ts";

const { signal } = new AbortController();
const files = [
  analyzedFile("a.fake", "BUG"),
  analyzedFile("vendor/b.fake", "BUG", { ignored: true }),
  analyzedFile("c.ts", "BUG"),
];

const failing = (error: Error): Analyzer => ({
  ...createFakeAnalyzer(),
  name: "failing",
  analyze: async () => {
    throw error;
  },
});

describe("running the analyzers", () => {
  it("gives each the files that it takes, ignored ones only where it reads them", async () => {
    const thorough = { ...createFakeAnalyzer(), readsIgnored: true };
    const plain = await runAnalyzers([createFakeAnalyzer()], files, signal);
    const all = await runAnalyzers([thorough], files, signal);
    expect(plain.candidates.map(({ path }) => path)).toEqual(["a.fake"]);
    expect(all.candidates.map(({ path }) => path)).toEqual(["a.fake", "vendor/b.fake"]);
  });

  it("does not start one that takes none of the files", async () => {
    const result = await runAnalyzers([failing(new Error("started"))], [analyzedFile("c.ts", "")], signal);
    expect(result).toEqual({ candidates: [], notices: [] });
  });

  it("keeps the others' findings when one fails, and says that its own are missing", async () => {
    const broken = failing(new OperationalError("it needs more than 10 s", { retryable: false }));
    const { candidates, notices } = await runAnalyzers([broken, createFakeAnalyzer()], files, signal);
    expect(candidates).toHaveLength(1);
    expect(notices).toEqual([
      {
        kind: "partial",
        text: "The analyzer failing failed, so its findings are missing: it needs more than 10 s",
      },
    ]);
  });

  it("does not take a defect for a failure of the outside", async () => {
    await expect(runAnalyzers([failing(new TypeError("x"))], files, signal)).rejects.toThrow(TypeError);
  });

  it("ends with the run's own reason when the run ends", async () => {
    const stopped = AbortSignal.abort(new Error("superseded"));
    const broken = failing(new OperationalError("killed", { retryable: true }));
    await expect(runAnalyzers([broken], files, stopped)).rejects.toThrow("superseded");
  });

  it("names the first files that were not read, and counts the others", async () => {
    const unread = [1, 2, 3, 4, 5].map((at) => ({ path: `${at}.fake`, reason: "it is over 1 MB" }));
    const lazy: Analyzer = { ...createFakeAnalyzer(), analyze: async () => ({ candidates: [], unread }) };
    const { notices } = await runAnalyzers([lazy], files, signal);
    expect(notices).toEqual([
      {
        kind: "partial",
        text: "The analyzer fake did not read `1.fake`, `2.fake`, `3.fake` and 2 more: it is over 1 MB.",
      },
    ]);
  });

  it("gives every reason with its own files, and counts what goes too far", async () => {
    const unread = [
      { path: "a.fake", reason: "it is over 1 MB" },
      { path: "b.fake", reason: "it does not parse" },
      { path: "c.fake", reason: "it is over 1 MB" },
      ...[1, 2, 3].map((at) => ({ path: `${at}.fake`, reason: `reason ${at}` })),
    ];
    const lazy: Analyzer = { ...createFakeAnalyzer(), analyze: async () => ({ candidates: [], unread }) };
    const { notices } = await runAnalyzers([lazy], files, signal);
    expect(notices.map(({ text }) => text)).toEqual([
      "The analyzer fake did not read `a.fake`, `c.fake`: it is over 1 MB.",
      "The analyzer fake did not read `b.fake`: it does not parse.",
      "The analyzer fake did not read `1.fake`: reason 1.",
      "The analyzer fake did not read `2.fake`: reason 2.",
      "The analyzer fake did not read 1 more file for other reasons.",
    ]);
  });
});
