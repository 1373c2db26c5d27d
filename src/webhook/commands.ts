import { withoutHiddenCharacters } from "../core/hidden-characters.ts";

/** What somebody asked of the reviewer in a comment. */
export type Command =
  | { readonly kind: "review"; readonly mode: "review" | "security"; readonly focus: string | null }
  | { readonly kind: "help" }
  | { readonly kind: "unknown" };

/** A command with the handle that it was addressed to, as written. */
export interface AddressedCommand {
  readonly mention: string;
  readonly command: Command;
}

const maxFocus = 500;
/** More of a line is not looked at; a focus takes part of it. */
const maxWords = 1_000;

/**
 * The first command in a comment, null where there is none; at most one is carried out. Quotes, code blocks and code
 * spans are nobody's words, and a handle inside another word (`me@codex`, `@codex-bot`) is another handle. Words that
 * are no command count as an unknown one only where a line begins with the handle: elsewhere people talk about it.
 * With `mention` null any handle counts: intake does not know the repository's policy yet; the handler reads the same
 * comment again with the right one.
 */
export const readCommand = (comment: string, mention: string | null): AddressedCommand | null => {
  const addressed = ownWords(comment)
    .split("\n")
    .flatMap(addressedIn)
    .filter((found) => mention === null || found.mention.toLowerCase() === mention.toLowerCase());
  return addressed.find(({ command }) => command.kind !== "unknown") ?? addressed[0] ?? null;
};

const addressedIn = (line: string): readonly AddressedCommand[] =>
  [...line.matchAll(/(?<![\w@./-])(@[a-z\d](?:[a-z\d-]*[a-z\d])?)(?![\w/-])[,:]?/gi)].flatMap((match) => {
    const [{ length }, mention = ""] = match;
    const command = parseWords(line.slice(match.index + length, match.index + length + maxWords));
    const isAddress = command.kind !== "unknown" || line.slice(0, match.index).trim() === "";
    return isAddress ? [{ mention, command }] : [];
  });

/** The comment without what stands in it but is not said by it. Blanks take the place, so that words do not join. */
const ownWords = (comment: string): string =>
  hideCodeSpans(withoutBlocks(withoutHtmlComments(comment.slice(0, maxComment).replaceAll("\r\n", "\n"))));

/** GitHub's own limit for a comment: https://github.com/orgs/community/discussions/41331 */
const maxComment = 65_536;

const withoutHtmlComments = (text: string): string =>
  text
    .split("<!--")
    .map((part, index) => (index === 0 ? part : part.slice(endAfter(part, "-->"))))
    .join(" ");

const endAfter = (text: string, mark: string): number => {
  const at = text.indexOf(mark);
  return at === -1 ? text.length : at + mark.length;
};

/** Drops quoted and indented lines and fenced blocks; a fence that never ends reaches to the end, as on GitHub. */
const withoutBlocks = (text: string): string => {
  let fence: string | null = null;
  return text
    .split("\n")
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
      if (fence !== null) {
        if (mark !== null && mark.startsWith(fence) && line.trim() === mark) fence = null;
        return "";
      }
      fence = mark;
      return mark !== null || /^(?: {4}|\t| {0,3}>)/.test(line) ? "" : line;
    })
    .join("\n");
};

/** Stands for an at sign inside a code span, where it calls nobody; a private-use character that no keyboard writes. */
const quotedAt = "\u{e000}";

/** A code span ends at the next run of as many backticks; a run without such a partner is text. One pass, any input. */
const hideCodeSpans = (text: string): string => {
  const runs = [...text.matchAll(/`+/g)].map((run) => ({ at: run.index, length: run[0].length }));
  const partners = new Map<number, number>();
  const lastOf = new Map<number, number>();
  for (const { at, length } of runs.toReversed()) {
    const partner = lastOf.get(length);
    if (partner !== undefined) partners.set(at, partner);
    lastOf.set(length, at);
  }
  let out = "";
  let from = 0;
  for (const { at, length } of runs) {
    const partner = partners.get(at);
    if (at < from || partner === undefined) continue;
    const span = text
      .slice(at, partner + length)
      .replaceAll("@", quotedAt)
      .replaceAll("\n", " ");
    out += text.slice(from, at) + span;
    from = partner + length;
  }
  return out + text.slice(from);
};

const parseWords = (words: string): Command => {
  const text = withoutHiddenCharacters(words).trim();
  const review = /^(security[ \t]+)?review\b[ \t]*(?:[:,-][ \t]*)?(.*)$/i.exec(text);
  if (review !== null) {
    const mode = review[1] === undefined ? "review" : "security";
    return { kind: "review", mode, focus: focusOf(review[2] ?? "") };
  }
  if (/^help\b/i.test(text)) return { kind: "help" };
  return { kind: "unknown" };
};

/** Null where no word is left: the stars of `**@codex review**` ask for nothing. */
const focusOf = (words: string): string | null => {
  const focus = words.replaceAll(quotedAt, "@").trim().slice(0, maxFocus).toWellFormed();
  return /[\p{L}\p{N}]/u.test(focus) ? focus : null;
};

/** What `help` answers; the handle stands in code spans only, so that no bot answers to it. */
export const helpText = (mention: string): string =>
  [
    "What I can do here:",
    "",
    `- \`${mention} review\` reviews the pull request as it is now. Words after it say what to look at: \`${mention} review the error paths\`.`,
    `- \`${mention} security review\` looks for security defects alone.`,
    `- \`${mention} help\` shows this list.`,
  ].join("\n");
