import { integrityOf, type LockEntry, type LockSource, sourceOf } from "./lock-entry.ts";
import { blocksOf, type TextBlock } from "./text-blocks.ts";

/**
 * pnpm-lock.yaml; other registries than the configured one show as a tarball:
 *
 *     packages:
 *
 *       left-pad@1.3.0:
 *         resolution: {integrity: sha512-…, tarball: https://…}
 */
export function readPnpmLock(text: string): readonly LockEntry[] {
  return blocksOf(text, (line) => /^ {2}\S.*:$/.test(line)).flatMap((block) => readPackage(block) ?? []);
}

function readPackage(block: TextBlock): LockEntry | null {
  const resolution = block.find(/^ {4}resolution: \{(.+)\}$/);
  if (resolution === null) return null;
  const field = (key: string): string | null =>
    new RegExp(`(?:^|, )${key}: ([^,]+)`).exec(resolution.value)?.[1]?.replaceAll(/^['"]|['"]$/g, "") ?? null;
  const source = sourceOfResolution(field);
  const [, name = block.head.trim(), version = null] = /^['"]?\/?(@?[^@]+)@([^'"(]+)/.exec(block.head.trim()) ?? [];
  return { name, version, line: resolution.line, source, integrity: integrityOf(source, field("integrity")) };
}

function sourceOfResolution(field: (key: string) => string | null): LockSource {
  const repository = field("repo");
  if (repository !== null) return { kind: "git", url: repository };
  const directory = field("directory");
  if (directory !== null) return { kind: "file", path: directory };
  const tarball = field("tarball");
  return tarball === null ? { kind: "registry", origin: null } : sourceOf(tarball);
}
