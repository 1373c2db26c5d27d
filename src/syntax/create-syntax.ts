import type { Syntax } from "../review/ports.ts";
import { languageOf } from "./languages.ts";
import { createParserClient } from "./parser-client.ts";
import type { Answer, Question } from "./parser-protocol.ts";

/** `textLength` in UTF-16 units, `deadlineMs` for one question; beyond either the answer is null. */
export interface SyntaxLimits {
  readonly textLength: number;
  readonly deadlineMs: number;
}

const defaultLimits: SyntaxLimits = { textLength: 512 * 1024, deadlineMs: 1500 };

/** Source code by its grammar, through ast-grep's tree-sitter. Throws OperationalError when no parser can be started. */
export function createSyntax(limits: SyntaxLimits = defaultLimits): Syntax {
  const ask = createParserClient(limits.deadlineMs);

  const askAbout = async (path: string, text: string, question: WithoutText): Promise<Answer | null> => {
    const language = languageOf(path);
    if (language === null || text.length > limits.textLength) return null;
    return ask({ ...question, language, text });
  };
  const lines = async (path: string, text: string, question: WithoutText): Promise<readonly number[] | null> => {
    const answer = await askAbout(path, text, question);
    return answer?.say === "lines" ? answer.lines : null;
  };

  return {
    languageOf,
    outline: async (path, text) => {
      const answer = await askAbout(path, text, { ask: "outline" });
      return answer?.say === "outline" ? answer.entries : null;
    },
    parseErrors: async (path, text) => lines(path, text, { ask: "errors" }),
    identifierLines: async (path, text, name) => lines(path, text, { ask: "identifiers", name }),
    uses: async (path, text, name) => {
      const answer = await askAbout(path, text, { ask: "uses", name });
      return answer?.say === "uses" ? answer.uses : null;
    },
  };
}

type WithoutText = DistributiveOmit<Question, "language" | "text">;
type DistributiveOmit<Whole, Keys extends PropertyKey> = Whole extends unknown ? Omit<Whole, Keys> : never;
