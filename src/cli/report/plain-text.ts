// A terminal obeys escape sequences, and bidirectional marks reorder what a reader sees: neither may come from a
// pull request or a model. Tabs and line feeds stay.
// oxlint-disable-next-line no-control-regex -- control characters are what this expression is about
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text as a terminal may print it: control characters and direction marks become visible placeholders. */
export const plainText = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
