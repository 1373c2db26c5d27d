/** A POSIX extended regular expression for an identifier as a whole word. */
export const wholeWord = (name: string): string => {
  const escaped = name.replaceAll(/[$?]/g, String.raw`\$&`);
  return `(^|[^A-Za-z0-9_$])${escaped}($|[^A-Za-z0-9_$])`;
};
