import { integrityOf, type LockEntry, type LockSource, sourceOf } from "./lock-entry.ts";

const entry = /^\s+"[^"]+": \["(@?[^@"]+)@([^"]+)"(.*)\],?$/;

/**
 * bun.lock, one package a line; the second element is a registry other than the configured one:
 *
 *     "left-pad": ["left-pad@1.3.0", "", {}, "sha512-…"],
 */
export function readBunLock(text: string): readonly LockEntry[] {
  return text.split("\n").flatMap((line, index) => {
    const [, name, reference, rest = ""] = entry.exec(line.trimEnd()) ?? [];
    if (name === undefined || reference === undefined) return [];
    const source = bunSource(reference, /^, "([^"]*)"/.exec(rest)?.[1] ?? "");
    const written = /"(sha\d+-[^"]+)"$/.exec(rest)?.[1] ?? null;
    return [{ name, version: reference, line: index + 1, source, integrity: integrityOf(source, written) }];
  });
}

function bunSource(reference: string, registry: string): LockSource {
  if (/^[a-z+]+:|^\.{0,2}\//.test(reference)) return sourceOf(reference);
  return registry === "" ? { kind: "registry", origin: null } : sourceOf(registry);
}
