import { type JsonLine, jsonLines } from "./json-lines.ts";
import { type LockEntry, type LockSource, noIntegrity, sourceOf } from "./lock-entry.ts";

/** Pipfile.lock: packages below "default" and "develop", registries below "_meta". */
export function readPipfileLock(text: string): readonly LockEntry[] {
  return jsonLines(text).flatMap(({ path, key, value, line }) => {
    if (path[1] === "_meta" && key === "url") return [pipEntry("the index", line, sourceOf(value))];
    const name = path.length === 3 ? path[2] : undefined;
    if (name === undefined) return [];
    if (key === "git") return [pipEntry(name, line, { kind: "git", url: value })];
    if (key === "file" || key === "path") return [pipEntry(name, line, pipSource(value))];
    return [];
  });
}

function pipSource(reference: string): LockSource {
  return reference === "." ? { kind: "own" } : sourceOf(reference);
}

function pipEntry(name: string, line: number, source: LockSource): LockEntry {
  return { name, version: null, line, source, integrity: noIntegrity };
}

/**
 * composer.lock: each package names the archive of a release ("dist") and the repository it was made from ("source"),
 * mostly without a checksum.
 */
export function readComposerLock(text: string): readonly LockEntry[] {
  let name = "";
  const dists = new Map<number, { readonly name: string; readonly members: JsonLine[] }>();
  for (const member of jsonLines(text)) {
    if (member.key === "name" && isPackage(member.path)) name = member.value;
    if (member.path.at(-1) !== "dist") continue;
    const dist = dists.get(member.block) ?? { name, members: [] };
    dist.members.push(member);
    dists.set(member.block, dist);
  }
  return [...dists.values()].flatMap((dist) => composerEntry(dist) ?? []);
}

function composerEntry(dist: { readonly name: string; readonly members: readonly JsonLine[] }): LockEntry | null {
  const url = dist.members.find(({ key }) => key === "url");
  if (url === undefined) return null;
  const isPath = dist.members.some(({ key, value }) => key === "type" && value === "path");
  const source: LockSource = isPath ? { kind: "file", path: url.value } : distSource(url.value);
  return { name: dist.name, version: null, line: url.line, source, integrity: noIntegrity };
}

function isPackage(path: JsonLine["path"]): boolean {
  return path.length === 3 && (path[1] === "packages" || path[1] === "packages-dev");
}

/** Archives come from the code host's API, which is what the registry points to. */
function distSource(url: string): LockSource {
  const source = sourceOf(url);
  return source.kind === "git" && URL.canParse(url) ? { kind: "registry", origin: new URL(url).origin } : source;
}
