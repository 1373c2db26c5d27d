import { describe, expect, it } from "vitest";
import { applyReplacement } from "../../src/core/apply-replacement.ts";

describe("applyReplacement", () => {
  it.each([
    { title: "one line", text: "a\nb\nc\n", at: [2, 2], put: "B", result: "a\nB\nc\n" },
    { title: "two lines by three", text: "a\nb\nc\n", at: [1, 2], put: "x\ny\nz", result: "x\ny\nz\nc\n" },
    { title: "lines by nothing", text: "a\nb\nc\n", at: [2, 3], put: "", result: "a\n" },
    { title: "a line by a blank one", text: "a\nb\n", at: [1, 1], put: "\n", result: "\n\nb\n" },
    { title: "the last line, which has no line end", text: "a\nb", at: [2, 2], put: "x\ny", result: "a\nx\ny" },
    { title: "lines of a CRLF file", text: "a\r\nb\r\n", at: [2, 2], put: "x\ny", result: "a\r\nx\r\ny\r\n" },
    {
      title: "the last line of a CRLF file without line end",
      text: "a\r\nb",
      at: [2, 2],
      put: "x\ny",
      result: "a\r\nx\r\ny",
    },
    { title: "a CRLF line by a CRLF text", text: "a\r\n", at: [1, 1], put: "x\r\ny", result: "x\r\ny\r\n" },
    { title: "a line beside a lone carriage return", text: "a\rb\nc\n", at: [2, 2], put: "C", result: "a\rb\nC\n" },
  ])("replaces $title", ({ text, at: [startLine = 0, endLine = 0], put, result }) => {
    expect(applyReplacement(text, { startLine, endLine, text: put })).toBe(result);
  });

  it.each([
    [0, 1],
    [3, 4],
    [2, 1],
  ])("refuses lines %i to %i of a text of three", (startLine, endLine) => {
    expect(() => applyReplacement("a\nb\nc\n", { startLine, endLine, text: "" })).toThrow(RangeError);
  });
});
