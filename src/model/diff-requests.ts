const shownLines = 40;
const contextLines = 2;

/** The lines in which two requests differ, recorded ones with "-", those of now with "+". */
export const diffRequests = (recorded: string, now: string): string => {
  const [before, after] = [readableLines(recorded), readableLines(now)];
  const head = commonLength(before, after);
  const tail = commonLength(before.slice(head).toReversed(), after.slice(head).toReversed());
  return [
    `at line ${head + 1} of the request:`,
    ...before.slice(Math.max(0, head - contextLines), head).map((line) => `  ${line}`),
    ...bounded(before.slice(head, before.length - tail), "-"),
    ...bounded(after.slice(head, after.length - tail), "+"),
    ...before
      .slice(before.length - tail)
      .slice(0, contextLines)
      .map((line) => `  ${line}`),
  ].join("\n");
};

/** JSON over several lines, with the line ends inside its strings shown as line ends. */
const readableLines = (request: string): readonly string[] =>
  JSON.stringify(JSON.parse(request), null, 2)
    .replaceAll(String.raw`\n`, "\n")
    .split("\n");

const commonLength = (a: readonly string[], b: readonly string[]): number => {
  const different = a.findIndex((line, index) => line !== b[index]);
  return different === -1 ? a.length : different;
};

const bounded = (lines: readonly string[], mark: string): readonly string[] => {
  const shown = lines.slice(0, shownLines).map((line) => `${mark} ${line.slice(0, 300)}`);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `${mark} … ${left} more lines`] : shown;
};
