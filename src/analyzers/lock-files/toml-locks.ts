import { integrityOf, type LockEntry, type LockSource, sourceOf } from "./lock-entry.ts";
import { blocksOf, type TextBlock } from "./text-blocks.ts";

const packagesOf = (text: string): readonly TextBlock[] =>
  blocksOf(text, (line) => line === "[[package]]" || /^\[(?:metadata|extras|manifest|options)/.test(line)).filter(
    ({ head }) => head === "[[package]]",
  );

const nameOf = (block: TextBlock): string => block.find(/^name = "(.+)"$/)?.value ?? "";
const versionOf = (block: TextBlock): string | null => block.find(/^version = "(.+)"$/)?.value ?? null;

/** Cargo.lock; a package without a source is one of the workspace. */
export function readCargoLock(text: string): readonly LockEntry[] {
  return packagesOf(text).flatMap((block) => {
    const written = block.find(/^source = "(.+)"$/);
    if (written === null) return [];
    const source = sourceOf(written.value.replace(/^(?:registry|sparse)\+/, ""));
    const registry = /^(?:registry|sparse)\+/.test(written.value) ? asRegistry(source) : source;
    const integrity = integrityOf(registry, block.find(/^checksum = "(.+)"$/)?.value ?? null);
    return [{ name: nameOf(block), version: versionOf(block), line: written.line, source: registry, integrity }];
  });
}

/** crates.io's older index is a repository on GitHub. */
function asRegistry(source: LockSource): LockSource {
  return source.kind === "git" ? { kind: "registry", origin: source.url } : source;
}

/** poetry.lock; PyPI is not written down, everything else has a table [package.source]. */
export function readPoetryLock(text: string): readonly LockEntry[] {
  return packagesOf(text).map((block) => {
    const url = block.find(/^url = "(.+)"$/);
    const type = block.find(/^type = "(.+)"$/)?.value ?? "legacy";
    const source =
      url === null ? ({ kind: "registry", origin: null } satisfies LockSource) : poetrySource(type, url.value);
    const hashes = block.find(/\bhash = "(sha\d+:[^"]+)"/)?.value ?? null;
    // Older versions keep all hashes in one table at the end.
    const integrity =
      block.find(/^(files = \[)/) === null ? integrityOf({ kind: "own" }, null) : integrityOf(source, hashes);
    return { name: nameOf(block), version: versionOf(block), line: url?.line ?? block.line + 1, source, integrity };
  });
}

function poetrySource(type: string, url: string): LockSource {
  if (type === "git") return { kind: "git", url };
  return type === "file" || type === "directory" ? { kind: "file", path: url } : sourceOf(url);
}

/** uv.lock: `source = { registry = "https://pypi.org/simple" }`, and a hash with each file. */
export function readUvLock(text: string): readonly LockEntry[] {
  return packagesOf(text).flatMap((block) => {
    const written = block.find(/^source = \{ (.+) \}$/);
    const [, kind, reference] = /^(\w+) = "(.*)"/.exec(written?.value ?? "") ?? [];
    if (written === null || kind === undefined || reference === undefined) return [];
    const source = uvSource(kind, reference);
    const bare = block.all(/^\s*(?:sdist = )?(\{ (?:url|path) = .+)$/).find(({ value }) => !value.includes("hash ="));
    const first = block.find(/\bhash = "([^"]+)"/)?.value ?? null;
    const integrity = integrityOf(source, bare === undefined ? first : null);
    return [{ name: nameOf(block), version: versionOf(block), line: bare?.line ?? written.line, source, integrity }];
  });
}

function uvSource(kind: string, reference: string): LockSource {
  if (kind === "git") return { kind: "git", url: reference };
  if (kind === "editable" || kind === "virtual" || kind === "directory") return { kind: "own" };
  return sourceOf(reference);
}
