export type Row = Readonly<Record<string, string | number | null>>;

/** Rows as a table of plain text, columns in the order of the first row. */
export const showTable = (title: string, rows: readonly Row[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? "-")))];
  const widths = names.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `\n${title}\n${lines.join("\n")}\n`;
};
