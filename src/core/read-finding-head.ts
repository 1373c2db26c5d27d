import { severities, type Severity } from "./candidate.ts";
import { unescapeMarkdown } from "./unescape-markdown.ts";

/** Escapes lengthen a title of 120 characters up to sixfold; a longer one is none that the program wrote. */
const longestHead = 800;

/**
 * Severity and title (plain text, not safe) from the first line of a comment that `commentBody` or `replyBody` wrote.
 * Null for any other first line: people with write access can edit the program's comments.
 */
export const readFindingHead = (body: string): { readonly severity: Severity; readonly title: string } | null => {
  const [head = ""] = body.split(/\r?\n/, 1);
  if (head.length > longestHead) return null;
  const { level, text } = /^\*\*(?<level>P\d) · (?<text>\S.*)\*\*$/.exec(head)?.groups ?? {};
  const severity = severities.find((one) => one === level);
  return severity === undefined || text === undefined ? null : { severity, title: unescapeMarkdown(text) };
};
