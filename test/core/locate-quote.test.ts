import { describe, expect, it } from "vitest";
import { createQuoteLocator, locateQuote } from "../../src/core/locate-quote.ts";

const noHint = { startLine: null, line: null };
const at = (line: number, startLine: number | null = null): { startLine: number | null; line: number } => ({
  startLine,
  line,
});

const text = [
  "export const pay = (amount: number) => {", // 1
  "  if (amount < 0) {",
  "    throw new RangeError();",
  "  }",
  "  return send(amount);", // 5
  "};",
  "",
  "export const refund = (amount: number) => {",
  "  if (amount < 0) {",
  "    throw new RangeError();", // 10
  "  }",
  "  return send(-amount);",
  "};",
].join("\n");

describe("locateQuote", () => {
  it.each([
    { title: "a whole line", quote: "return send(amount);", hint: noHint, is: ["in_place", 5, 5] },
    {
      title: "several lines with other indentation",
      quote: "return send(amount);\n\t};",
      hint: noHint,
      is: ["in_place", 5, 6],
    },
    {
      title: "a quote with CRLF and trailing blanks",
      quote: "  return send(amount);  \r\n};\r\n",
      hint: noHint,
      is: ["in_place", 5, 6],
    },
    {
      title: "blank lines around the quote",
      quote: "\n\n  return send(-amount);\n\n",
      hint: noHint,
      is: ["in_place", 12, 12],
    },
    {
      title: "a blank line inside the quote",
      quote: "};\n\nexport const refund = (amount: number) => {",
      hint: noHint,
      is: ["in_place", 6, 8],
    },
    { title: "part of a line", quote: "send(-amount)", hint: noHint, is: ["in_place", 12, 12] },
    { title: "a whole line before a line that holds it", quote: "};", hint: at(13), is: ["in_place", 13, 13] },
    {
      title: "several lines, the outer ones in part",
      quote: "(amount: number) => {\nif (amount <",
      hint: at(9),
      is: ["in_place", 8, 9],
    },
    {
      title: "the place under the hint among several",
      quote: "throw new RangeError();",
      hint: at(10),
      is: ["in_place", 10, 10],
    },
    {
      title: "a range hint that the quote equals",
      quote: "if (amount < 0) {\nthrow new RangeError();\n}",
      hint: at(11, 9),
      is: ["in_place", 9, 11],
    },
    {
      title: "a range hint that holds the quote",
      quote: "throw new RangeError();",
      hint: at(12, 8),
      is: ["in_place", 10, 10],
    },
    {
      title: "a hint inside the quote",
      quote: "if (amount < 0) {\nthrow new RangeError();\n}",
      hint: at(10),
      is: ["in_place", 9, 11],
    },
    {
      title: "the nearest of several when the hint is wrong",
      quote: "throw new RangeError();",
      hint: at(7),
      is: ["moved", 10, 10],
    },
    {
      title: "the only place when the hint is wrong",
      quote: "return send(amount);",
      hint: at(11),
      is: ["moved", 5, 5],
    },
    {
      title: "the first of several without a hint",
      quote: "throw new RangeError();",
      hint: noHint,
      is: ["moved", 3, 3],
    },
    {
      title: "lines with copied line numbers",
      quote: "5:   return send(amount);\n6: };",
      hint: noHint,
      is: ["in_place", 5, 6],
    },
    {
      title: "lines with numbers in a gutter",
      quote: "  12 |   return send(-amount);",
      hint: noHint,
      is: ["in_place", 12, 12],
    },
    {
      title: "lines with copied diff markers",
      quote: "+  return send(-amount);\n };",
      hint: noHint,
      is: ["in_place", 12, 13],
    },
  ])("finds $title", ({ quote, hint, is }) => {
    const [found, startLine, endLine] = is;
    expect(locateQuote(text, quote, hint)).toEqual({ found, startLine, endLine });
  });

  it("reads a leading minus as code where the code has one", () => {
    expect(locateQuote("- one\none", "- one", noHint)).toEqual({ found: "in_place", startLine: 1, endLine: 1 });
  });

  it("finds lines of a CRLF file", () => {
    expect(locateQuote("a\r\nb\r\n", "a\nb", noHint)).toEqual({ found: "in_place", startLine: 1, endLine: 2 });
  });

  it("counts lines as git does, so a form feed or line separator begins none", () => {
    expect(locateQuote("a\f\nb\u2028c\nd", "d", noHint)).toEqual({ found: "in_place", startLine: 3, endLine: 3 });
  });

  it.each(["   ", "\n\n", "+", "12:"])("finds no place for a quote without code (%j)", (quote) => {
    expect(locateQuote("a\n\nb", quote, at(2))).toEqual({ found: "nowhere", nearest: [] });
  });

  it("names at most three similar lines, best first, for a quote that is nowhere", () => {
    expect(locateQuote(text, "return sendMoney(amount);", noHint)).toEqual({
      found: "nowhere",
      nearest: [
        { line: 5, text: "return send(amount);" },
        { line: 12, text: "return send(-amount);" },
      ],
    });
  });

  it("names no line for a quote that resembles nothing", () => {
    expect(locateQuote(text, "SELECT * FROM orders", noHint)).toEqual({ found: "nowhere", nearest: [] });
  });

  it("looks many quotes up in a file of 50,000 lines", () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `  const value${index} = compute(${index});`);
    const locate = createQuoteLocator(lines.join("\n"));
    const found = Array.from({ length: 100 }, (_, index) =>
      locate(`const value${index * 400} = compute(${index * 400});`, noHint),
    );
    expect(found.map((place) => "startLine" in place && place.startLine)).toEqual(
      found.map((_, index) => index * 400 + 1),
    );
  });
});
