import { foldSpace } from "./fold-space.ts";
import { overlap, wordsOf } from "./words.ts";

/**
 * The first of the replaced lines that does something of its own, has no counterpart in the replacement, and of which
 * the claim does not speak; null where there is none. A line does something when it calls or declares.
 */
export const lostLine = (change: {
  readonly old: readonly string[];
  readonly replaced: readonly string[];
  readonly claim: string;
}): string | null => {
  const spoken = wordsOf(change.claim);
  const old = change.old.map(foldSpace).filter((line) => !isComment.test(line));
  const deeds = new Set(old.flatMap(doneIn));
  // A line of the replacement that does what some old line did is that one's counterpart and no other's.
  const free = change.replaced.map(identifiersIn).filter((words) => !words.some((word) => deeds.has(word)));
  const kept = new Set(change.replaced.flatMap(identifiersIn));
  const isLost = (line: string): boolean => {
    const done = doneIn(line);
    const isSpokenOf = done.some((deed) => [...wordsOf(deed)].every((word) => spoken.has(word)));
    if (done.length === 0 || isSpokenOf || done.some((deed) => kept.has(deed))) return false;
    const words = new Set(identifiersIn(line));
    return !free.some((other) => overlap(words, new Set(other)) >= 0.5);
  };
  return old.find(isLost) ?? null;
};

const doneIn = (line: string): readonly string[] => [...calledIn(line), ...declaredIn([line])];

/** Names that lines bind: by a declaration, an import, or an assignment to a bare name. */
export const declaredIn = (lines: readonly string[]): readonly string[] => {
  const code = lines.filter((line) => !isComment.test(foldSpace(line)));
  const names = code.flatMap((line) => [
    ...matches(line, declaration),
    ...matches(line, assignment),
    ...matches(line, severalAssigned).flatMap(identifiersIn),
    ...(isImport.test(line) ? identifiersIn(line.replaceAll(/["'][^"']*["']/gu, " ")) : []),
    ...[...line.matchAll(destructuring)].flatMap(([, inner]) => identifiersIn(inner ?? "")),
  ]);
  return [...new Set(names)].filter((name) => !keywords.has(name));
};

const name = String.raw`([\p{L}_$][\p{L}\p{N}_$]*)`;
const declaration = new RegExp(
  String.raw`(?<![\p{L}\p{N}_$.])(?:const|let|var|val|def|func|fn|fun|function\*?|class|struct|type|interface|enum|trait|object|module)\s+(?:mut\s+)?${name}`,
  "gu",
);
/** `x = 1`, `x: int = 1`, `x := 1`, `String x = 1`; not `x.y = 1`, `x == 1` or `f(x=1)`. */
const assignment = new RegExp(
  String.raw`^\s*(?:[\p{L}\p{N}_$<>[\],?&*]+\s+)*${name}\s*(?::\s*[^=\s][^=]*)?:?=(?![=>])`,
  "gu",
);
/** `a, b := f()` */
const severalAssigned = /^\s*((?:[\p{L}\p{N}_$]+\s*,\s*)+[\p{L}\p{N}_$]+)\s*:?=(?!=)/gu;
const destructuring = /(?<![\p{L}\p{N}_$])(?:const|let|var)\s*[{[]([^}\]]*)[}\]]\s*=/gu;
const isImport = /^\s*(?:import|from|use|using|#include|require)\b(?!\s*\()/u;
const isComment = /^(?:\/\/|#(?!include)|\*|\/\*|--(?!-)|"""|''')/u;

const matches = (line: string, pattern: RegExp): readonly string[] =>
  [...line.matchAll(pattern)].flatMap(([, found]) => (found === undefined ? [] : [found]));

const calledIn = (line: string): readonly string[] =>
  matches(line, new RegExp(String.raw`${name}[!?]?\s*\(`, "gu")).filter((called) => !keywords.has(called));

const identifiersIn = (line: string): readonly string[] =>
  matches(line, new RegExp(name, "gu")).filter((word) => !keywords.has(word));

const keywords: ReadonlySet<string> = new Set(
  (
    "if elif else for foreach while until unless do switch case when match try catch except finally with return yield await async " +
    "new delete typeof sizeof instanceof in is not and or function def fn func fun lambda class struct interface type enum trait " +
    "const let var val mut import from export default as use using package public private protected static final readonly void " +
    "throw throws raise assert super this self None null nil true false True False undefined"
  ).split(" "),
);
