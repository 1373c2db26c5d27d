import { matchGlobs } from "./match-globs.ts";

/** Whether a path names text for people; lists of dependencies and build files are none, whatever they end with. */
export const isProse = matchGlobs([
  "!**/{requirements*,constraints*,CMakeLists}.txt",
  "**/*.{md,mdx,markdown,rst,adoc,txt}",
  "**/{LICENSE,NOTICE,AUTHORS,CODEOWNERS}",
]);
