/**
 * The text with comments that switch off every rule of a linter made powerless, without moving a character.
 *
 * A comment that names the rule it switches off is left alone: it says that this very thing is meant, and everybody
 * who reads the change sees it. One that names none would let a change silence whatever is found in it.
 */
export function disarmBlanketComments(text: string): string {
  return text
    .replaceAll(/\b((?:es|ox)lint-disabl)e((?:-next)?(?:-line)?)(?=\s*(?:\*\/|--|$))/gm, "$1_$2")
    .replaceAll(/(#\s*(?:ruff|flake8)?\s*:?\s*noq)a(?![\w]|\s*:\s*[A-Z]+[0-9]+)/gi, "$1_");
}
