import { describe, expect, it } from "vitest";
import { createCandidateBook, type CandidateBook } from "../../../src/review/agent/candidate-book.ts";
import { findingInput } from "../../../src/review/agent/finding-input.ts";
import { createFakeTrees } from "../../fakes/fake-repository.ts";
import { someTrees, theDefect } from "./some-change.ts";

const never = new AbortController().signal;

const say = async (book: CandidateBook, over: object = {}): Promise<string> => {
  const { note, data } = await book.report(findingInput.parse({ ...theDefect, ...over }), never);
  return data === null ? note : `${note}\n${data}`;
};

describe("report_finding answers", () => {
  it("where the quote was found and what a replacement replaces", async () => {
    expect(await say(createCandidateBook(someTrees))).toBe(
      "Recorded as #1, quote found at line 2. The replacement takes the place of line 2 whole.",
    );
  });

  it("with the nearest lines where the quote is nowhere, and takes the mended report", async () => {
    const book = createCandidateBook(someTrees);
    const answer = await say(book, { quote: "const start = number * 20;" });
    expect(answer).toContain("Not recorded. The quote is not in the file. The nearest lines follow.");
    expect(answer).toContain("    2  |  const start = number * 10;");
    expect(book.unmended()).toBe(1);
    expect(await say(book)).toContain("Recorded as #1");
    expect(book.unmended()).toBe(0);
    expect(book.candidates()).toHaveLength(1);
  });

  it("that it keeps for the summary what comes a second time with a wrong quote", async () => {
    const book = createCandidateBook(someTrees);
    await say(book, { quote: "nothing like it" });
    expect(await say(book, { quote: "nor this" })).toContain("Recorded as #1, but it will not stand on a line");
    expect(book.candidates()).toMatchObject([{ id: "agent-1", quote: "nor this" }]);
  });

  it("which finding it repeats", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    expect(await say(book, { title: "Count pages from 1 before slicing", body: "Again." })).toBe(
      "Duplicate of #1; not recorded again. To change that one, report it under its own title.",
    );
    expect(book.candidates()).toHaveLength(1);
  });

  it("that a report with the title and path of an earlier one took its place", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    await say(book, { title: "Guard against NaN" });
    expect(await say(book, { severity: "P2", quote: "  return items.slice(start, start + 10);" })).toContain(
      "Recorded in place of #1, quote found at line 3.",
    );
    expect(book.candidates()).toMatchObject([
      { id: "agent-1", title: theDefect.title, severity: "P2" },
      { id: "agent-2", title: "Guard against NaN" },
    ]);
  });

  it("that the earlier report stands where a correction has a wrong quote", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    expect(await say(book, { quote: "nothing like it" })).toContain("#1 stands as it was.");
    expect(book.unmended()).toBe(0);
    expect(book.candidates()).toMatchObject([{ quote: theDefect.quote }]);
  });

  it("nothing of duplicates for another defect on the same line", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    expect(await say(book, { title: "Guard against NaN" })).toContain("Recorded as #2");
  });

  it("that no comment can stand outside the change, and lets a changed line take its place", async () => {
    const book = createCandidateBook(someTrees);
    const outside = {
      path: "src/first.ts",
      quote: "return page(items, 1);",
      start_line: 4,
      end_line: 4,
      replacement: null,
    };
    expect(await say(book, outside)).toContain("The file is not part of this change, so it goes to the summary.");
    expect(
      await say(book, { ...outside, path: "src/list.ts", quote: "return items.slice(start, start + 10);" }),
    ).toContain("The change touches none of these lines.");
    expect(await say(book, { title: "Return items of the page from 1" })).toContain("Recorded as #3");
    expect(await say(book)).toContain("Recorded in place of #2, quote found at line 2.");
    expect(book.candidates().map(({ path, line }) => [path, line])).toEqual([
      ["src/first.ts", 4],
      ["src/list.ts", 2],
      ["src/list.ts", 2],
    ]);
  });

  it("which evidence is not in its file, and takes that off", async () => {
    const book = createCandidateBook(someTrees);
    const evidence = [...theDefect.evidence, { path: "src/first.ts", quote: "page(items, 0)", why: "invented" }];
    expect(await say(book, { evidence })).toContain(
      "1 of 2 evidence quotes are not in their files and were taken off.",
    );
    expect(book.candidates()[0]?.evidence).toEqual(theDefect.evidence);
  });

  it("that there is no such file", async () => {
    expect(await say(createCandidateBook(someTrees), { path: "src/lists.ts" })).toContain(
      "There is no such file at the head.",
    );
  });
});

describe("a withdrawn finding", () => {
  it("is no candidate any more, keeps its number, and is told apart with the reason", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    await say(book, { title: "Guard against NaN" });
    expect(book.withdraw({ number: 1, why: "Callers count from 0." }).note).toBe("Withdrawn: #1. 1 finding left.");
    expect(book.candidates()).toMatchObject([{ id: "agent-2" }]);
    expect(book.withdrawn()).toMatchObject([{ candidate: { id: "agent-1" }, why: "Callers count from 0." }]);
  });

  it("may be one that waited to be mended", async () => {
    const book = createCandidateBook(someTrees);
    expect(await say(book, { quote: "nothing like it" })).toContain("Mend it and report again, or withdraw #1.");
    book.withdraw({ number: 1, why: "Not so." });
    expect([book.unmended(), book.candidates()]).toEqual([0, []]);
  });

  it("comes back when it is reported again", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    book.withdraw({ number: 1, why: "Not so." });
    expect(await say(book)).toContain("Recorded in place of #1");
    expect(book.candidates()).toHaveLength(1);
    expect(book.withdrawn()).toEqual([]);
  });

  it("has to be one that was reported", async () => {
    const book = createCandidateBook(someTrees);
    await say(book);
    expect(book.withdraw({ number: 3, why: "Not so." }).note).toBe("There is no #3; the last is #1.");
    expect(book.candidates()).toHaveLength(1);
  });
});

describe("what is recorded", () => {
  it("has no line numbers and bars in quote, evidence and replacement", async () => {
    const book = createCandidateBook(someTrees);
    await say(book, {
      quote: "    2 +|  const start = number * 10;",
      evidence: [{ path: "src/first.ts", quote: "    4  |  return page(items, 1);", why: "w" }],
      replacement: "    2 +|  const start = (number - 1) * 10;\n",
    });
    expect(book.candidates()[0]).toMatchObject({
      quote: "  const start = number * 10;",
      evidence: [{ quote: "  return page(items, 1);" }],
      replacement: "  const start = (number - 1) * 10;",
    });
  });

  it("carries the path at the head, whichever name of a renamed file was used", async () => {
    const code = "one();\ntwo();\nthree();\n";
    const trees = createFakeTrees({
      base: { "src/old.ts": code },
      head: { "src/new.ts": code.replace("two", "zwei") },
      renames: { "src/new.ts": "src/old.ts" },
    });
    const book = createCandidateBook(trees);
    const at = { start_line: null, end_line: null, evidence: [], replacement: null };
    expect(await say(book, { ...at, path: "src/old.ts", quote: "zwei();", title: "Call the head" })).toContain(
      "line 2",
    );
    expect(await say(book, { ...at, path: "src/new.ts", at: "base", quote: "two();", title: "Keep base" })).toContain(
      "line 2",
    );
    expect(book.candidates().map(({ path, side }) => [path, side])).toEqual([
      ["src/new.ts", "RIGHT"],
      ["src/new.ts", "LEFT"],
    ]);
  });
});
