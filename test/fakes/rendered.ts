import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** Markdown as GitHub's parser reads it. */
export const render = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

/** Names of the elements in rendered HTML. */
export const elementsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map((match) => (match[1] ?? "").toLowerCase()));

/** The text outside of code: where GitHub looks for mentions, references and commits. */
export const proseOf = (html: string): string =>
  decode(html.replaceAll(/<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>/g, " ").replaceAll(/<[^>]*>/g, " "));

/** All text, code included. */
export const textOf = (html: string): string => decode(html.replaceAll(/<[^>]*>/g, ""));

/** The contents of code spans and blocks. */
export const codeOf = (html: string): readonly string[] =>
  [...html.matchAll(/<code[^>]*>([\s\S]*?)<\/code>/g)].map((match) => decode(match[1] ?? ""));

const decode = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
