import { truncateText } from "./truncate.ts";

const longestLine = 500;

/** One line of code as the model sees it: number, what the diff says of it, a bar, and after the bar the line itself. */
export const showLine = (line: {
  readonly number: number;
  readonly mark: " " | "+" | "-";
  readonly text: string;
}): string => `${String(line.number).padStart(5)} ${line.mark}|${truncateText(withoutReturn(line.text), longestLine)}`;

/** A carriage return at the end would hide the line in some views and says nothing about the code. */
const withoutReturn = (text: string): string => (text.endsWith("\r") ? text.slice(0, -1) : text);

const shownLine = /^\s*\d+ [ +-]\|/;

/** A quote without what `showLine` puts before its lines, where a model copied that too. */
export const withoutNumbers = (quote: string): string => {
  const lines = quote.split("\n");
  const isShown = lines.every((line) => line.trim() === "" || shownLine.test(line));
  return isShown ? lines.map((line) => line.replace(shownLine, "")).join("\n") : quote;
};
