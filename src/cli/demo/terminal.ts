import pc from "picocolors";
import { plainText } from "../report/plain-text.ts";

export interface TerminalOptions {
  readonly write: (text: string) => void;
  /** Whether a line may be written over again. */
  readonly live: boolean;
  readonly colors: boolean;
}

/** A line as data: what it is about, and its text. */
export interface Told {
  readonly label: string;
  readonly text: string;
  readonly isDim?: true;
}

export interface Terminal {
  readonly heading: (text: string) => void;
  readonly tell: (lines: readonly Told[]) => void;
  /** Markdown under the place where it stands, set off by blank lines; code blocks stand out. */
  readonly quote: (place: string, markdown: string) => void;
  /** What is going on, until the next line; only where a line may be written over again. */
  readonly status: (text: string) => void;
}

const labelWidth = 14;
const textWidth = 96;

/** Prints the demo's course. What comes from a pull request or a model loses its control characters. */
export const createTerminal = ({ write, live, colors }: TerminalOptions): Terminal => {
  const paint = pc.createColors(colors);
  const line = (text: string): void => write(`${live ? "\r\u001b[K" : ""}${text}\n`);
  return {
    heading: (text) => line(`\n${paint.bold(plainText(text))}`),
    tell: (lines) => {
      for (const { label, text, isDim } of lines) {
        const [first = "", ...rest] = wrap(plainText(text), textWidth - labelWidth);
        const shown = isDim === true ? paint.dim : String;
        line(`  ${paint.dim(plainText(label).padEnd(labelWidth))}${shown(first)}`);
        for (const part of rest) line(`  ${" ".repeat(labelWidth)}${shown(part)}`);
      }
    },
    quote: (place, markdown) => {
      line(`\n  ${paint.cyan(plainText(place))}`);
      for (const { text, isCode } of quoteLines(markdown))
        line(text === "" ? "" : `    ${isCode ? paint.green(text) : text}`);
      line("");
    },
    status: (text) => {
      if (live) write(`\r\u001b[K  ${paint.dim(plainText(text).slice(0, textWidth))}`);
    },
  };
};

interface QuotedLine {
  readonly text: string;
  readonly isCode: boolean;
}

const quoteLines = (markdown: string): readonly QuotedLine[] => {
  let fence: string | null = null;
  return plainText(markdown)
    .split("\n")
    .flatMap((text): readonly QuotedLine[] => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1] ?? null;
      const isCode = fence !== null || mark !== null;
      if (fence === null) fence = mark;
      else if (mark !== null && mark.startsWith(fence)) fence = null;
      return isCode ? [{ text, isCode }] : wrap(text, textWidth).map((part) => ({ text: part, isCode }));
    });
};

/** Breaks at blanks; a word that is longer than the width stays whole. */
const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
};
