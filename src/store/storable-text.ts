/** PostgreSQL's text holds no NUL character, and text that came with a pull request may. */
export const storableText = (text: string): string => text.replaceAll("\0", "\u{FFFD}");
