const folders = new Set(["test", "tests", "__tests__", "spec", "specs", "testing", "e2e"]);
const beforeName = /^(?:test|spec)[._-]/i;
const afterName = /[._-](?:test|tests|spec|specs|e2e|unittest)$/i;
/** `PaymentTest`, `PaymentTests`, `PaymentSpec`, `PaymentIT`: Java, Kotlin, C#, PHP, Swift. */
const afterCamel = /[a-z\d](?:Tests?|Spec|IT|TestCase)$/;

/** Whether a path names a test by the conventions of common languages: its folder or its name says so. */
export const isTestPath = (path: string): boolean => {
  const parts = path.split("/");
  const stem = stemOf(path);
  const inFolder = parts.slice(0, -1).some((part) => folders.has(part.toLowerCase()));
  return inFolder || beforeName.test(stem) || afterName.test(stem) || afterCamel.test(stem);
};

/** A test's name without what says that it is one: what it tests, by convention. The name itself for other files. */
export const subjectStem = (path: string): string => {
  const stem = stemOf(path);
  return stem
    .replace(beforeName, "")
    .replace(afterName, "")
    .replace(/(?<=[a-z\d])(?:Tests?|Spec|IT|TestCase)$/, "");
};

/** The last part of a path without its last extension. */
export const stemOf = (path: string): string => {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
};
