/**
 * Whether a path matches a glob: `*` and `?` within a folder, `**` across folders, `[a-z]`, `[!a-z]`, `{a,b}`, and "\"
 * before a character that is meant as itself. Brackets of other kinds are characters like others.
 *
 * The time is that of the glob's length times the path's, whatever they hold: globs come from models and policies and
 * paths from pull requests, and regular expressions, which glob libraries make of globs, take minutes for `*a*a*a*a*b`.
 */
export const compileGlob = (glob: string): ((path: string) => boolean) => {
  if (glob.length > longestGlob) return () => false;
  const alternatives = expandBraces(glob.replace(/^\.\//, ""))
    .map(tokensOf)
    .map((tokens) => ({ tokens, literals: literalsOf(tokens) }));
  return (path) =>
    alternatives.some(({ tokens, literals }) => literals.every((text) => path.includes(text)) && matches(tokens, path));
};

/** A longer one matches nothing. */
const longestGlob = 1000;

type Token =
  | { readonly kind: "literal"; readonly character: string }
  | { readonly kind: "one"; readonly accepts: (character: string) => boolean }
  /** Any characters but a slash, also none. */
  | { readonly kind: "star" }
  /** Whole folders with their slashes, also none. */
  | { readonly kind: "folders" }
  | { readonly kind: "anything" };

const one = (accepts: (character: string) => boolean): Token => ({ kind: "one", accepts });
const notSlash = (character: string): boolean => character !== "/";

/** Each syntax with the token that it stands for, tried in order at every place; the rest are plain characters. */
const syntax: readonly (readonly [RegExp, (match: RegExpExecArray) => Token])[] = [
  [/(?<=^|\/)\*\*$/y, () => ({ kind: "anything" })],
  [/(?<=^|\/)\*\*\//y, () => ({ kind: "folders" })],
  [/\*+/y, () => ({ kind: "star" })],
  [/\?/y, () => one(notSlash)],
  [/\[([!^]?)(\]?[^\]/]*)\]/y, ([, not, set = ""]) => one(inSet(set, not !== ""))],
  [/\\([\s\S])/y, ([, character = ""]) => ({ kind: "literal", character })],
];

const tokensOf = (glob: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length;) {
    const [token, length] = tokenAt(glob, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
};

const tokenAt = (glob: string, at: number): readonly [Token, number] => {
  for (const [pattern, toToken] of syntax) {
    pattern.lastIndex = at;
    const match = pattern.exec(glob);
    if (match !== null) return [toToken(match), match[0].length];
  }
  return [{ kind: "literal", character: glob.charAt(at) }, 1];
};

/** Runs of plain characters: a path without one of them cannot match, and looking for them is quick. */
const literalsOf = (tokens: readonly Token[]): readonly string[] =>
  tokens
    .map((token) => (token.kind === "literal" ? token.character : ""))
    .reduce<string[]>((runs, character) => {
      if (character === "") return [...runs, ""];
      return [...runs.slice(0, -1), `${runs.at(-1) ?? ""}${character}`];
    }, [])
    .filter((run) => run !== "");

const inSet = (set: string, isNegated: boolean): ((character: string) => boolean) => {
  const ranges = [...set.matchAll(/(.)-(.)|(.)/gsu)].map(([, from, to, single]) => [
    from ?? single ?? "",
    to ?? single ?? "",
  ]);
  return (character) =>
    notSlash(character) && ranges.some(([from = "", to = ""]) => from <= character && character <= to) !== isNegated;
};

/** Row by row from the last token: `row[at]` says whether the tokens from here match the path from `at`. */
const matches = (tokens: readonly Token[], path: string): boolean => {
  let row = new Uint8Array(path.length + 1);
  row[path.length] = 1;
  for (const token of tokens.toReversed()) row = rowBefore(token, row, path);
  return row[0] === 1;
};

const rowBefore = (token: Token, after: Uint8Array, path: string): Uint8Array<ArrayBuffer> => {
  const row = new Uint8Array(path.length + 1);
  /** Of `folders`: whether the match goes on behind the next slash. */
  let behindSlash = 0;
  for (let at = path.length; at >= 0; at -= 1) {
    const character = path.charAt(at);
    if (character === "/") behindSlash = row[at + 1] ?? 0;
    row[at] = cell(token, { after, row, at, character, behindSlash });
  }
  return row;
};

interface Cell {
  readonly after: Uint8Array;
  readonly row: Uint8Array;
  readonly at: number;
  /** Empty at the end of the path. */
  readonly character: string;
  readonly behindSlash: number;
}

const cell = (token: Token, { after, row, at, character, behindSlash }: Cell): number => {
  const stay = after[at] ?? 0;
  if (token.kind === "anything") return 1;
  if (token.kind === "folders") return stay | behindSlash;
  if (token.kind === "star") return stay | (character !== "" && notSlash(character) ? (row[at + 1] ?? 0) : 0);
  const accepted = token.kind === "literal" ? character === token.character : token.accepts(character);
  return character !== "" && accepted ? (after[at + 1] ?? 0) : 0;
};

/** So many alternatives a glob may stand for; braces beyond that are characters like others. */
const mostAlternatives = 100;

const expandBraces = (glob: string): readonly string[] => {
  let globs: readonly string[] = [glob];
  for (;;) {
    const next = globs.flatMap((alternative) => expandFirst(alternative) ?? [alternative]);
    if (next.length === globs.length || next.length > mostAlternatives) return globs;
    globs = next;
  }
};

/** Takes the innermost first pair of braces with a comma apart; null where there is none. */
const expandFirst = (glob: string): readonly string[] | null => {
  const [all, before = "", inside = "", behind = ""] =
    /^((?:[^\\{]|\\[\s\S]|\{(?![^{}]*,[^{}]*\}))*)\{([^{}]*,[^{}]*)\}([\s\S]*)$/.exec(glob) ?? [];
  return all === undefined ? null : inside.split(",").map((part) => `${before}${part}${behind}`);
};
