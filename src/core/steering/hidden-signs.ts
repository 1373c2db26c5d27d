const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const overrides = /[\u202d\u202e]/u;
const embeddings = /[\u202a\u202b\u2066-\u2068]/u;
/** A flag such as that of Scotland is written with tags and closed by the cancel tag. */
const flags = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu;
const tags = /[\u{e0001}-\u{e007f}]/u;
/** Joiners have their place in emoji and in scripts of Asia: between two Latin letters nobody needs them. */
const withinWord = /(?<=[A-Za-z])[\u200b-\u200d\u2060-\u2064\ufeff]+(?=[A-Za-z])/u;
const fillers = /[\u115f\u1160\u3164\uffa0]/u;
/** One selector chooses a form; a row of them carries bytes. */
const selectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/u;

/** Whether a row holds characters that hide or turn what a reader sees, other than as its script or emoji need them. */
export const hidesText = (row: string): boolean => {
  if (/^\p{ASCII}*$/u.test(row)) return false;
  if (overrides.test(row) || withinWord.test(row) || selectors.test(row)) return true;
  if (embeddings.test(row) && !rightToLeft.test(row)) return true;
  if (fillers.test(row) && !/\p{Script=Hangul}/u.test(row.replaceAll(fillersAll, ""))) return true;
  return tags.test(row.replaceAll(flags, ""));
};

const fillersAll = new RegExp(fillers, "gu");

/** The row with what it hides written out, as in "is⟨U+202E⟩Admin". */
export const showHidden = (row: string): string =>
  row.replaceAll(/(?![\ufe0e\ufe0f](?![\ufe00-\ufe0f]))[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu, (run) => {
    const names = Array.from(
      run,
      (sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
    );
    const [first = ""] = names;
    return names.length > 2 ? `⟨${first} and ${names.length - 1} more⟩` : `⟨${names.join(" ")}⟩`;
  });
