import { errorLines } from "./error-lines.ts";
import { parseText, registerGrammars } from "./grammars.ts";
import { identifierLines } from "./identifier-lines.ts";
import { nameUses } from "./name-uses.ts";
import { outlineOf } from "./outline-of.ts";
import { type Answer, type Question, questionSchema } from "./parser-protocol.ts";

// The parser process: started by parser-client.ts, which may stop it at any time.

function answer(question: Question): Answer {
  const root = parseText(question.language, question.text);
  if (question.ask === "outline") return { say: "outline", entries: outlineOf(root, question.language) };
  if (question.ask === "uses") return { say: "uses", uses: nameUses(root, question.language, question.name) };
  if (question.ask === "errors") return { say: "lines", lines: errorLines(root) };
  return { say: "lines", lines: identifierLines(root, question.language, question.name) };
}

function answerOrFailure(message: unknown): Answer {
  try {
    return answer(questionSchema.parse(message));
  } catch (error) {
    return { say: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function say(message: Answer): void {
  process.send?.(message);
}

registerGrammars();
process.on("message", (message) => say(answerOrFailure(message)));
say({ say: "ready" });
