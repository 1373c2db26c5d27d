import { pageFinding } from "./scripted-reviewer.ts";

/** `count` files, each with a division that nobody guards. */
export const divisionFiles = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [partPath(at), `${division(at)}\n`]));

/** The blocker in `src/part-<at>.ts`; no cap holds it back. */
export const countFinding = (at: number) =>
  pageFinding({
    severity: "P0",
    title: `Guard count${at} against zero`,
    body: `count${at} may be zero, and the share is Infinity then.`,
    path: partPath(at),
    quote: division(at),
    start_line: 1,
    end_line: 1,
    trigger: `count${at} = 0 -> Infinity -> an error`,
    replacement: null,
  });

const partPath = (at: number): string => `src/part-${at}.ts`;
const division = (at: number): string => `export const share${at} = total${at} / count${at};`;
