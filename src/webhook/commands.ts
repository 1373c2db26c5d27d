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
  withoutCodeSpans(withoutBlocks(withoutHtmlComments(comment.slice(0, maxComment).replaceAll("\r\n", "\n"))));

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

/** A code span ends at the next run of as many backticks; a run without such a partner is text. One pass, any input. */
const withoutCodeSpans = (text: string): string => {
  const runs = [...text.matchAll(/`+/g)].map((run) => ({ at: run.index, length: run[0].length }));
  const partners = new Map<number, number>();
  const lastOf = new Map<number, number>();
  for (const [index, run] of runs.toReversed().entries()) {
    const partner = lastOf.get(run.length);
    if (partner !== undefined) partners.set(run.at, partner);
    lastOf.set(run.length, runs[runs.length - 1 - index]?.at ?? 0);
  }
  let out = "";
  let from = 0;
  for (const { at, length } of runs) {
    const partner = partners.get(at);
    if (at < from || partner === undefined) continue;
    out += `${text.slice(from, at)} `;
    from = partner + length;
  }
  return out + text.slice(from);
};

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
