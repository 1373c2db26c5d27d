import { codeSpan } from "../code-markdown.ts";
import { countOf } from "../count-of.ts";
import { safeLine } from "../safe-markdown.ts";
import type { InjectionSign } from "../steering/injection-signs.ts";
import { placeText, type SteeringMentions } from "../steering/mention-attempts.ts";
import { foldedPart } from "./fit-entries.ts";

/** Where the change's own text tries to steer its review, for the maintainers to judge. */
export const steeringSection = ({ listed, more }: SteeringMentions): string => {
  if (listed.length === 0) return "";
  const entries = [...listed.map(entryOf), ...(more === 0 ? [] : [`- and ${countOf(more, "more place")}`])];
  const heading = `Text that tries to steer the review, read as data (${countOf(listed.length + more, "place")})`;
  return foldedPart(heading, entries.join("\n"));
};

const entryOf = ({ place, excerpt }: InjectionSign): string => {
  const where = placeText(place);
  return `- ${place.part === "code" ? codeSpan(where) : where}: “${safeLine(excerpt, 200)}”`;
};
