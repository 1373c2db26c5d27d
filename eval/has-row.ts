/** Whether docs/quality.md has a row of results for a prompt version: a table row with it as a cell of its own. */
export const hasRow = (quality: string, version: string): boolean =>
  quality
    .split("\n")
    .filter((line) => line.trimStart().startsWith("|"))
    .some((line) => line.split("|").some((cell) => cell.trim().replaceAll("`", "") === version));
