import markdownIt from "markdown-it";
import type { Token } from "markdown-it";
import { escapeHtml, safe, trusted } from "./html.ts";
import type { Html } from "./html.ts";

const markdown = markdownIt({ html: true, breaks: true });

const tagOrComment = /<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi;

// Without attributes, so that nothing can be smuggled in; tables only from Markdown, as a torn one breaks the page.
const harmless =
  /^<(?:\/?(?:details|summary|sub|sup|b|strong|i|em|del|code|kbd|p|ul|ol|li|blockquote)|details open|[bh]r ?\/?)>$/i;

const escapeAngles = (text: string): string => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** HTML inside Markdown, as GitHub cleans it: comments vanish, harmless tags stay, the rest is shown as text. */
function cleanHtml(source: string): string {
  let out = "";
  let end = 0;
  for (const found of source.matchAll(tagOrComment)) {
    const [tag] = found;
    out += escapeAngles(source.slice(end, found.index));
    if (harmless.test(tag)) out += tag;
    else if (!tag.startsWith("<!--")) out += escapeHtml(tag);
    end = found.index + tag.length;
  }
  return out + escapeAngles(source.slice(end));
}

const signs = { added: "+", removed: "-" } as const;

const rows = (text: string, kind: "added" | "removed"): readonly Html[] =>
  text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => safe`<div class="line ${kind}"><span class="sign">${signs[kind]}</span>${line}</div>`);

const suggestionBox = (replaced: string | null, replacement: string): string => {
  const removed = replaced === null ? [] : rows(replaced, "removed");
  const added = replacement === "" ? [] : rows(replacement, "added");
  const title = safe`<div class="suggestion-title">Suggested change</div>`;
  return safe`<div class="suggestion">${title}<div class="code">${removed}${added}</div></div>`.markup;
};

const makeSafe = (token: Token, replaced: string | null): void => {
  if (token.type === "html_block" || token.type === "html_inline") token.content = cleanHtml(token.content);
  if (token.type === "image") token.type = "text";
  if (token.type === "link_open") token.attrPush(["rel", "nofollow noreferrer"]);
  if (token.type === "fence" && token.info.trim() === "suggestion") {
    token.content = suggestionBox(replaced, token.content);
    token.type = "html_block";
  }
  for (const child of token.children ?? []) makeSafe(child, replaced);
};

/** User text as a page shows it. `replaced` is what a suggestion block in it would take the place of. */
export function renderMarkdown(source: string, replaced: string | null = null): Html {
  const tokens = markdown.parse(source, {});
  for (const token of tokens) makeSafe(token, replaced);
  return trusted(markdown.renderer.render(tokens, markdown.options, {}));
}
