/** Markup that is safe to put into a page as it is. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A template whose values are escaped: what pull requests and models wrote stays text. */
export const html = (strings: TemplateStringsArray, ...values: readonly Part[]): Html => ({
  markup: strings.map((text, index) => (index === 0 ? text : markupOf(values[index - 1]) + text)).join(""),
});

const markupOf = (part: Part | undefined): string => {
  if (part === undefined) return "";
  if (typeof part === "string" || typeof part === "number")
    return String(part).replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? mark);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("\n");
};
