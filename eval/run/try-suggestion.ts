import { applyReplacement } from "../../src/core/apply-replacement.ts";
import type { Syntax } from "../../src/review/ports.ts";
import type { EvalAnchor, EvalPosted } from "./result.ts";

export interface SuggestionTrial {
  readonly body: string;
  readonly anchor: EvalAnchor;
  /** The head's file; null where there is none. */
  readonly text: string | null;
}

/**
 * What came of the suggestion in a comment, tried as GitHub would commit it. It is read from the posted text, so that
 * a fault in writing it shows, too. It parses where the file has no more errors with it than without.
 */
export const trySuggestion = async (
  syntax: Pick<Syntax, "parseErrors">,
  { body, anchor, text }: SuggestionTrial,
): Promise<EvalPosted["suggestion"]> => {
  const replacement = suggestionIn(body);
  if (replacement === null) return null;
  if (text === null || anchor.line === null || anchor.side === "LEFT") return { applies: false, parses: null };
  const startLine = anchor.startLine ?? anchor.line;
  if (anchor.line > countLines(text)) return { applies: false, parses: null };
  const after = applyReplacement(text, { startLine, endLine: anchor.line, text: replacement });
  const errorsBefore = await syntax.parseErrors(anchor.path, text);
  const errorsAfter = await syntax.parseErrors(anchor.path, after);
  const parses = errorsBefore === null || errorsAfter === null ? null : errorsAfter.length <= errorsBefore.length;
  return { applies: after !== text, parses };
};

/** The text of the first suggestion block, without its fence. */
const suggestionIn = (body: string): string | null => {
  const [, , text] = /^(`{3,})suggestion\n([^]*?)^\1$/m.exec(body) ?? [];
  return text === undefined ? null : text.replace(/\n$/, "");
};

const countLines = (text: string): number => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
