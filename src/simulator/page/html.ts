/** Markup that is safe to stand in a page as it is. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");

const toMarkup = (part: Part): string => {
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map((one) => one.markup).join("");
};

/** Template tag: every text that is filled in is escaped; only `Html` goes in as it is. */
export const safe = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: texts.map((text, index) => text + toMarkup(parts[index] ?? "")).join(""),
});

export const trusted = (markup: string): Html => ({ markup });

export const nothing: Html = { markup: "" };

/** A moment to the minute, in UTC; the machine reads all of it. */
export const moment = (iso: string): Html =>
  safe`<time datetime="${iso}">${iso.slice(0, 16).replace("T", " ")} UTC</time>`;
