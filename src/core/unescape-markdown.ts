const characters: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&#124;": "|",
  "&#36;": "$",
  "&#8203;": "",
};

const escapeOrCode = /\\[\\`*_{}[\]~#]|&(?:amp|lt|gt|#124|#36|#8203);|(?<!`)(?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`)/g;

/**
 * The text of a line that `safeLine` wrote: its escapes undone, code spans as they are. It is as unsafe as what
 * `safeLine` was given, so it goes through `safeLine` again wherever it is shown. A backtick without a partner may
 * find one then; that shows other code spans, and no less safe ones.
 */
export const unescapeMarkdown = (line: string): string =>
  line.replaceAll(escapeOrCode, (part) => (part.startsWith("\\") ? part.slice(1) : (characters[part] ?? part)));
