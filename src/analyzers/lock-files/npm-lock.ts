import { type JsonLine, jsonLines } from "./json-lines.ts";
import { integrityOf, type LockEntry, type LockSource, sourceOf } from "./lock-entry.ts";

/**
 * package-lock.json and npm-shrinkwrap.json of all versions:
 *
 *     "node_modules/left-pad": {
 *       "version": "1.3.0",
 *       "resolved": "https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz",
 *       "integrity": "sha512-…"
 *     }
 */
export function readNpmLock(text: string): readonly LockEntry[] {
  const packages = Map.groupBy(jsonLines(text).filter(isOfPackage), ({ block }) => block);
  return [...packages.values()].flatMap((members) => {
    const value = (key: string): string | null => members.find((member) => member.key === key)?.value ?? null;
    const resolved = members.find(({ key }) => key === "resolved");
    if (resolved === undefined) return [];
    const source: LockSource = value("link") === "true" ? { kind: "own" } : sourceOf(resolved.value);
    return [
      {
        name: packageName(resolved.path.at(-1) ?? ""),
        version: value("version"),
        line: resolved.line,
        source,
        integrity: integrityOf(source, value("integrity")),
      },
    ];
  });
}

/** What a package depends on stands in an object inside it, and may well be called "resolved". */
function isOfPackage({ path }: JsonLine): boolean {
  return path.at(-2) === "packages" || path.at(-2) === "dependencies";
}

/** "node_modules/a/node_modules/@x/b" is @x/b. */
function packageName(key: string): string {
  return key.replace(/^.*node_modules\//, "");
}
