import { describe, expect, it } from "vitest";
import { candidateSchema } from "../../src/core/candidate.ts";
import { locateQuote } from "../../src/core/locate-quote.ts";
import type { Analyzer } from "../../src/review/ports.ts";
import { analyzedFile } from "../fakes/analyzed-file.ts";

/** Text with a fault on exactly one line, in a file that the analyzer accepts. */
export interface AnalyzerSample {
  readonly path: string;
  readonly text: string;
  readonly line: number;
  readonly rule: string;
  /** What the base held, for analyzers that compare. */
  readonly baseText?: string;
}

/** What every analyzer keeps to. */
export function describeAnalyzer(create: () => Analyzer, sample: AnalyzerSample): void {
  const analyzer = create();
  const base = sample.baseText === undefined ? {} : { baseText: sample.baseText };
  const file = (more = {}) => analyzedFile(sample.path, sample.text, { ...base, ...more });
  const analyze = async (...files: readonly ReturnType<typeof file>[]) =>
    analyzer.analyze(files, new AbortController().signal);

  describe(`Analyzer: ${analyzer.name}`, () => {
    it("accepts the file and finds its fault", async () => {
      expect(analyzer.accepts(sample.path)).toBe(true);
      const { candidates, unread } = await analyze(file());
      expect(candidates.map(({ origin, path, line }) => [origin, path, line])).toEqual([
        [{ kind: "rule", analyzer: analyzer.name, rule: sample.rule }, sample.path, sample.line],
      ]);
      expect(unread).toEqual([]);
    });

    it("makes candidates that pass the schema and whose quote stands where they say", async () => {
      const { candidates } = await analyze(file());
      const [candidate] = candidates.map((one) => candidateSchema.parse(one));
      expect(candidate?.side).toBe("RIGHT");
      const hint = { startLine: sample.line, line: sample.line };
      expect(locateQuote(sample.text, candidate?.quote ?? "", hint)).toEqual({
        found: "in_place",
        startLine: sample.line,
        endLine: sample.line,
      });
    });

    it("says the same of the same text again", async () => {
      expect(await analyze(file())).toEqual(await analyze(file()));
    });

    it("stays silent about lines that the change did not add", async () => {
      const others = sample.text.split("\n").flatMap((_, index) => (index + 1 === sample.line ? [] : [index + 1]));
      expect((await analyze(file({ addedLines: others }))).candidates).toEqual([]);
    });

    it("has nothing to say of no files", async () => {
      expect(await analyze()).toEqual({ candidates: [], unread: [] });
    });

    it("lets an abort through as its reason", async () => {
      const reason = new Error("a newer head came");
      await expect(analyzer.analyze([file()], AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
}
