import c from "@ast-grep/lang-c";
import cpp from "@ast-grep/lang-cpp";
import csharp from "@ast-grep/lang-csharp";
import go from "@ast-grep/lang-go";
import java from "@ast-grep/lang-java";
import kotlin from "@ast-grep/lang-kotlin";
import php from "@ast-grep/lang-php";
import python from "@ast-grep/lang-python";
import ruby from "@ast-grep/lang-ruby";
import rust from "@ast-grep/lang-rust";
import { Lang, parse, registerDynamicLanguage, type SgNode } from "@ast-grep/napi";
import type { Language } from "./languages.ts";

const builtIn: ReadonlyMap<Language, Lang> = new Map([
  ["javascript", Lang.JavaScript],
  ["typescript", Lang.TypeScript],
  ["tsx", Lang.Tsx],
]);

/** Makes all grammars known. ast-grep allows this once in a process, so only the parser process does it, as it starts. */
export function registerGrammars(): void {
  registerDynamicLanguage({ c, cpp, csharp, go, java, kotlin, php, python, ruby, rust });
}

/** The root of a text's tree. */
export function parseText(language: Language, text: string): SgNode {
  return parse(builtIn.get(language) ?? language, text).root();
}
