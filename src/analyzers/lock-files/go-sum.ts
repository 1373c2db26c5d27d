import type { LockEntry } from "./lock-entry.ts";

/** go.sum: `module version h1:hash`; the registry is the environment's matter. */
export function readGoSum(text: string): readonly LockEntry[] {
  return text.split("\n").flatMap((line, index) => {
    const [, name, version, integrity] = /^(\S+) (\S+) (h1:\S+)$/.exec(line.trimEnd()) ?? [];
    if (name === undefined || version === undefined || integrity === undefined) return [];
    return [{ name, version, line: index + 1, source: { kind: "registry", origin: null }, integrity }];
  });
}
