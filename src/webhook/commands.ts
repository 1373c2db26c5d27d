/** What somebody asked of the reviewer in a comment. */
export type Command =
  | { readonly kind: "review"; readonly mode: "review" | "security"; readonly focus: string | null }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly words: string };

/** A command with the handle that it was addressed to, as written. */
export interface AddressedCommand {
  readonly mention: string;
  readonly command: Command;
}

const maxFocus = 500;

/**
 * The first command in a comment, null where there is none. Quotes, code blocks and code spans are nobody's words, and
 * a handle inside another word (`me@codex`, `@codex-bot`) is another handle. With `mention` null any handle counts:
 * intake does not know the repository's policy yet; the handler reads the same comment again with the right one.
 */
export const readCommand = (comment: string, mention: string | null): AddressedCommand | null => {
  for (const line of ownWords(comment).split("\n")) {
    for (const match of line.matchAll(/(?<![\w@./-])(@[a-z\d](?:[a-z\d-]*[a-z\d])?)(?![\w/-])[,:]?[ \t]*(.*)$/gi)) {
      const [, handle = "", words = ""] = match;
      if (mention === null || handle.toLowerCase() === mention.toLowerCase())
        return { mention: handle, command: parseWords(words) };
    }
  }
  return null;
};

/** The comment without what stands in it but is not said by it. Blanks take the place, so that words do not join. */
const ownWords = (comment: string): string =>
  comment
    .replaceAll("\r\n", "\n")
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replaceAll(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm, " ")
    .replaceAll(/^(?: {4}|\t).*$/gm, " ")
    .replaceAll(/^ {0,3}>.*$/gm, " ")
    .replaceAll(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, " ");

const parseWords = (words: string): Command => {
  const text = words.trim();
  const review = /^(security[ \t]+)?review\b[ \t]*(?:[:,-][ \t]*)?(.*)$/i.exec(text);
  if (review !== null) {
    const focus = (review[2] ?? "").trim().slice(0, maxFocus);
    return {
      kind: "review",
      mode: review[1] === undefined ? "review" : "security",
      focus: focus === "" ? null : focus,
    };
  }
  if (/^help\b/i.test(text)) return { kind: "help" };
  return { kind: "unknown", words: text.slice(0, maxFocus) };
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
