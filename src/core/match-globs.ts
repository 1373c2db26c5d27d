import picomatch from "picomatch";
import { compileGlob } from "./compile-glob.ts";

/**
 * Whether a path matches any of `globs`, and none of those that begin with "!"; without positive globs every path
 * matches. `*` stays within a folder, `**` does not; files that begin with a dot are files like others.
 */
export const matchGlobs = (globs: readonly string[]): ((path: string) => boolean) => {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(compileGlob);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => compileGlob(glob.slice(1)));
  const matchesAny = (matchers: typeof wanted, path: string): boolean => matchers.some((matches) => matches(path));
  return (path) => (wanted.length === 0 || matchesAny(wanted, path)) && !matchesAny(unwanted, path);
};

/** The folders that hold every match of `globs`, as a narrower place to search; none where that is the whole tree. */
export const foldersOfGlobs = (globs: readonly string[]): readonly string[] => {
  const folders = globs.filter((glob) => !glob.startsWith("!")).map((glob) => picomatch.scan(glob).base);
  // An escaped folder name is no plain path.
  return folders.some((folder) => folder === "" || folder.includes("\\")) ? [] : folders;
};
