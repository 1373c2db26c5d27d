import { integrityOf, type LockEntry, type LockSource, sourceOf } from "./lock-entry.ts";
import { blocksOf, type TextBlock } from "./text-blocks.ts";

/**
 * yarn.lock, of yarn 1
 *
 *     left-pad@^1.0.0:
 *       version "1.3.0"
 *       resolved "https://registry.yarnpkg.com/left-pad/-/left-pad-1.3.0.tgz#5b8a…"
 *       integrity sha512-…
 *
 * and of later ones
 *
 *     "left-pad@npm:^1.0.0":
 *       version: 1.3.0
 *       resolution: "left-pad@npm:1.3.0"
 *       checksum: 10c0/…
 */
export function readYarnLock(text: string): readonly LockEntry[] {
  return blocksOf(text).flatMap((block) => readClassic(block) ?? readBerry(block) ?? []);
}

function readClassic(block: TextBlock): LockEntry | null {
  const resolved = block.find(/^\s+resolved "(.+)"$/);
  if (resolved === null) return null;
  const source = sourceOf(resolved.value);
  // Before yarn 1.10 the checksum stood behind the URL.
  const written = block.find(/^\s+integrity (\S+)/)?.value ?? /#([0-9a-f]{40})$/.exec(resolved.value)?.[1] ?? null;
  return {
    name: nameOf(block.head),
    version: block.find(/^\s+version "(.+)"$/)?.value ?? null,
    line: resolved.line,
    source,
    integrity: integrityOf(source, written),
  };
}

function readBerry(block: TextBlock): LockEntry | null {
  const resolution = block.find(/^\s+resolution: "(.+)"$/);
  const [, name, reference] = /^(@?[^@]+)@(.+)$/.exec(resolution?.value ?? "") ?? [];
  if (resolution === null || name === undefined || reference === undefined) return null;
  const source = berrySource(reference);
  // A package for other platforms alone ("conditions") is not fetched, so its checksum is not known here.
  const written = block.find(/^\s+checksum: (\S+)/)?.value ?? block.find(/^\s+(conditions): /)?.value ?? null;
  return {
    name,
    version: block.find(/^\s+version: (.+)$/)?.value ?? null,
    line: resolution.line,
    source,
    integrity: integrityOf(source, written),
  };
}

function berrySource(reference: string): LockSource {
  const archive = /__archiveUrl=([^&]+)/.exec(reference)?.[1];
  if (archive !== undefined) return sourceOf(decodeUrl(archive));
  if (reference.startsWith("npm:")) return { kind: "registry", origin: null };
  // A patch lies in the repository and is applied to a package that has an entry of its own.
  if (reference.startsWith("patch:")) return { kind: "own" };
  return /^https?:.*#commit=/.test(reference) ? { kind: "git", url: reference } : sourceOf(reference);
}

function decodeUrl(text: string): string {
  return text.replaceAll(/%3A/gi, ":").replaceAll(/%2F/gi, "/");
}

function nameOf(head: string): string {
  return /^"?(@?[^@"]+)@/.exec(head)?.[1] ?? head;
}
