import { codeBlock, codeSpan } from "./code-markdown.ts";
import { withoutHiddenCharacters } from "./hidden-characters.ts";
import { maskSecrets } from "./mask-secrets.ts";

/**
 * Text of the model or the pull request as Markdown that shows it and does nothing else: no ping, no reference, no
 * closed issue, no link, image or HTML, no command to a bot, no heading; secrets masked, hidden characters gone. Code
 * spans and fenced code stay what they are, without the block's language. `maxChars` counts the text as given.
 */
export const safeText = (text: string, maxChars: number): string =>
  blocksOf(cleaned(text, maxChars))
    .map((block) => (block.code ? codeBlock(block.lines.join("\n")) : safeLines(block.lines)))
    .filter((block) => block !== "")
    .join("\n\n");

/** The same on one line, without fenced code: for titles. */
export const safeLine = (text: string, maxChars: number): string =>
  safeInline(cleaned(text.replaceAll(/\s+/g, " "), maxChars).trim());

/** The same for a cell of a table, which a bar would end even inside code. */
export const safeCell = (text: string, maxChars: number): string => safeLine(text.replaceAll("|", "¦"), maxChars);

/** A line for places that show plain text, not Markdown: check run titles. */
export const plainLine = (text: string, maxChars: number): string =>
  cleaned(text.replaceAll(/\s+/g, " ").trim(), maxChars);

/** Secrets go before the text is cut, or the cut would leave the first half of one. */
const cleaned = (text: string, maxChars: number): string =>
  truncate(maskSecrets(withoutHiddenCharacters(text)), maxChars);

const truncate = (text: string, maxChars: number): string =>
  text.length <= maxChars
    ? text
    : `${text
        .slice(0, maxChars - 1)
        .toWellFormed()
        .trimEnd()}…`;

interface Block {
  readonly code: boolean;
  readonly lines: readonly string[];
}

const fenceLine = /^ {0,3}(?<marks>`{3,}|~{3,})[^`]*$/;

/** Fenced blocks and what is between them. A fence that is never closed ends with the text. */
const blocksOf = (text: string): readonly Block[] => {
  const blocks: { code: boolean; lines: string[] }[] = [{ code: false, lines: [] }];
  let open: string | null = null;
  for (const line of text.split("\n")) {
    const marks: string | undefined = fenceLine.exec(line)?.groups?.["marks"];
    const turns: boolean = marks !== undefined && (open === null || closes(line, open));
    if (turns) {
      open = open === null && marks !== undefined ? marks : null;
      blocks.push({ code: open !== null, lines: [] });
    } else blocks.at(-1)?.lines.push(line);
  }
  return blocks;
};

const closes = (line: string, open: string): boolean => {
  const marks = line.trim();
  return marks.startsWith(open) && marks === (open[0] ?? "").repeat(marks.length);
};

const safeLines = (lines: readonly string[]): string =>
  lines
    .map((line) => guardLineStart(safeInline(line.trim())))
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();

/** What makes a heading, rule or list of a line, and what a bot reads as a command to it. */
const guardLineStart = (line: string): string =>
  line.replace(/^[-+=/!#]/, "\\$&").replace(/^(\d{1,9})([.)])/, "$1\\$2");

/** Splits off code spans as CommonMark does: a run of backticks closes at the next run of the same length. */
const safeInline = (line: string): string => {
  const runs = [...line.matchAll(/`+/g)];
  const parts: string[] = [];
  let from = 0;
  for (const run of runs) {
    if (run.index < from) continue;
    const close = runs.find((other) => other.index > run.index && other[0].length === run[0].length);
    if (close === undefined) continue;
    parts.push(...safeProse(line.slice(from, run.index)), codeSpan(line.slice(run.index + run[0].length, close.index)));
    from = close.index + close[0].length;
  }
  return join([...parts, ...safeProse(line.slice(from))]);
};

/** Two code spans in a row would become one, or none: a blank parts them. */
const join = (parts: readonly string[]): string =>
  parts.reduce((line, part) => line + (line.endsWith("`") && part.startsWith("`") ? " " : "") + part, "");

/**
 * What would link by itself becomes code, which shows the same and does nothing: addresses, and the hexadecimal
 * numbers that GitHub takes for commits.
 */
const autolink =
  /(?:[\w+.-]{1,60}:\/\/|\w{0,60}(?:www\.|mailto:|xmpp:))[^\s<>`]*[^\s<>`.,;:!?)'"\]]|(?<!\w)[0-9a-f]{7,40}(?!\w)/gi;

const safeProse = (text: string): readonly string[] => {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(autolink)) {
    parts.push(escapeMarks(text.slice(from, match.index)), codeSpan(match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, escapeMarks(text.slice(from))].filter((part) => part !== "");
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
  $: "&#36;",
};

/** A zero-width space, written as an entity so that one sees it in the source. It parts a mark from what follows it. */
const parted = "&#8203;";

/** One pass, so that nothing it writes is escaped again. */
const escapeMarks = (text: string): string =>
  text.replaceAll(/[&<>|$\\`*_{}[\]~]|[@#](?=\w)|\bGH-(?=\d)/gi, (mark) => {
    if (mark === "#") return `\\#${parted}`;
    if (mark === "@" || mark.length > 1) return `${mark}${parted}`;
    return entities[mark] ?? `\\${mark}`;
  });
