import { withoutHiddenCharacters } from "./hidden-characters.ts";
import { withoutMarkers } from "./marker.ts";
import { maskSecrets } from "./mask-secrets.ts";

/** A code span of any text on one line. Nothing in it pings, links or closes, and no marker is read from it. Empty for blank text. */
export const codeSpan = (text: string): string => {
  const content = withoutMarkers(maskSecrets(withoutHiddenCharacters(text)).replaceAll(/\s+/g, " ").trim());
  if (content === "") return "";
  const fence = "`".repeat(longestRun(content, "`") + 1);
  // A backtick at either end needs a blank, or it would lengthen the fence.
  const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
};

/** A code span in a cell of a table, where a bar would end the cell even inside code. */
export const codeCell = (text: string): string => codeSpan(text.replaceAll("|", "¦"));

/** A fenced block of somebody's text; `info` is ours. */
export const codeBlock = (text: string, info = ""): string =>
  fence(notACommand(withoutMarkers(maskSecrets(withoutHiddenCharacters(text)))), info);

/** A suggestion block: exactly the replacement, which the gate `fix` has let through, and nothing made safe in it. */
export const suggestionBlock = (replacement: string): string =>
  fence(replacement.replaceAll("\r\n", "\n"), "suggestion");

const fence = (content: string, info: string): string => {
  const marks = "`".repeat(Math.max(3, longestRun(content, "`") + 1));
  return content === "" ? `${marks}${info}\n${marks}` : `${marks}${info}\n${content}\n${marks}`;
};

/** Bots that read raw text, not Markdown, take a command at the start of a line even in code: set the block in by one. */
const notACommand = (text: string): string => (/^[/!@][A-Za-z]/m.test(text) ? text.replaceAll(/^(?=.)/gm, " ") : text);

const longestRun = (text: string, mark: string): number =>
  (text.match(new RegExp(`${mark}+`, "g")) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
