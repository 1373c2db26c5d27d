import { maskSecrets } from "../mask-secrets.ts";
import { truncateText } from "../truncate.ts";
import { showHidden } from "./hidden-signs.ts";

const longest = 160;

/** A text's beginning on one line, its secrets masked before the cut could halve one, what it hides written out. */
export const shortExcerpt = (text: string): string =>
  truncateText(maskSecrets(showHidden(text).replaceAll(/\s+/g, " ").trim()), longest);
