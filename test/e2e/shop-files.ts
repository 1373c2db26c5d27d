/** A repository before and after a change that brings a defect on line 3 of src/pages.ts. */
export const shop = {
  "src/pages.ts":
    "export function page<T>(items: T[], number: number, size = 20): T[] {\n  return items.slice(0, size);\n}\n",
  "README.md": "# Shop\n",
};

export const pagedShop = {
  "src/pages.ts": [
    "/** `number` counts from 1. */",
    "export function page<T>(items: T[], number: number, size = 20): T[] {",
    "  const start = number * size;",
    "  return items.slice(start, start + size);",
    "}",
    "",
  ].join("\n"),
};
