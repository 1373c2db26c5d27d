import { type LockEntry, type LockSource, noIntegrity } from "./lock-entry.ts";

export type LockFault = "plain-http" | "registry" | "git" | "file" | "integrity-missing" | "integrity-changed";

/** A fault at one entry; `also` counts the further entries with the same fault and source, which are not repeated. */
export interface FoundFault {
  readonly fault: LockFault;
  readonly entry: LockEntry;
  readonly also: number;
}

/** Both sides of a change to a lock file; `base` is null where the change creates it. */
export interface LockChange {
  readonly path: string;
  readonly base: readonly LockEntry[] | null;
  readonly head: readonly LockEntry[];
  readonly addedLines: ReadonlySet<number>;
}

/** What became worse with a change to a lock file; only on added lines, each kind of fault once for each source. */
export function lockFaults(change: LockChange): readonly FoundFault[] {
  const known = knownOf(change.base ?? []);
  const added = change.head.filter(({ line }) => change.addedLines.has(line));
  const faults = added.flatMap((entry) => {
    const fault = faultOf(entry, known, change);
    return fault === null ? [] : [{ fault, entry }];
  });
  const groups = Map.groupBy(faults, ({ fault, entry }) => `${fault} ${groupOf(entry.source)}`);
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, also: rest.filter(({ entry }) => entry.name !== first.entry.name).length }],
  );
}

interface Known {
  readonly origins: ReadonlySet<string>;
  /** Names of packages by the kind of their source. */
  readonly sources: ReadonlySet<string>;
  /** Checksums by name and version. */
  readonly checksums: ReadonlyMap<string, ReadonlySet<string>>;
  readonly withoutChecksum: ReadonlySet<string>;
}

/** Registries that stand for the default one of their tool. */
const publicOrigins = [
  "https://registry.npmjs.org",
  "https://registry.yarnpkg.com",
  "https://index.crates.io",
  "https://github.com/rust-lang/crates.io-index",
  "https://pypi.org",
  "https://files.pythonhosted.org",
  "https://rubygems.org",
  "https://api.github.com",
];

function knownOf(base: readonly LockEntry[]): Known {
  const checksums = Map.groupBy(
    base.filter(({ integrity }) => integrity !== null && integrity !== noIntegrity),
    identityOf,
  );
  return {
    origins: new Set([...publicOrigins, ...base.map(({ source }) => originOf(source) ?? "")]),
    sources: new Set(base.map(({ name, source }) => `${source.kind} ${name}`)),
    checksums: new Map(
      [...checksums].map(([of, entries]) => [of, new Set(entries.map((entry) => entry.integrity ?? ""))]),
    ),
    withoutChecksum: new Set(base.filter(({ integrity }) => integrity === null).map(({ name }) => name)),
  };
}

function faultOf(entry: LockEntry, known: Known, { base, path }: LockChange): LockFault | null {
  const { source } = entry;
  const isNew = !known.sources.has(`${source.kind} ${entry.name}`);
  if (source.kind === "git") return isNew && base !== null ? "git" : null;
  if (source.kind === "file") return isNew && leavesRepository(path, source.path) ? "file" : null;
  const origin = originOf(source);
  if (origin !== null && !known.origins.has(origin)) {
    if (origin.startsWith("http:")) return "plain-http";
    if (base !== null) return "registry";
  }
  if (hasOtherChecksum(entry, known)) return "integrity-changed";
  return entry.integrity === null && !known.withoutChecksum.has(entry.name) ? "integrity-missing" : null;
}

/** Only sums of one kind can be compared: tools move from sha1 to sha512. */
function hasOtherChecksum(entry: LockEntry, known: Known): boolean {
  const { integrity } = entry;
  const before = known.checksums.get(identityOf(entry));
  if (integrity === null || before === undefined || before.has(integrity)) return false;
  return [...before].every((sum) => kindOfSum(sum) === kindOfSum(integrity));
}

/** "sha512-…", "h1:…", "sha256:…"; yarn's own sums depend on its settings and are never comparable. */
function kindOfSum(sum: string): string {
  return /^(\w+)[-:]/.exec(sum)?.[1] ?? (/^[0-9a-f]+$/.test(sum) ? `hex ${sum.length}` : sum);
}

function identityOf({ name, version, source }: LockEntry): string {
  return `${name} ${version ?? ""} ${originOf(source) ?? ""}`;
}

function originOf(source: LockSource): string | null {
  if (source.kind !== "registry" || source.origin === null) return null;
  return URL.canParse(source.origin) ? originOfUrl(source.origin) : source.origin;
}

/** Of GitHub, where crates.io has its older index, the repository counts. */
function originOfUrl(url: string): string {
  const { origin, host, pathname } = new URL(url);
  return host === "github.com" ? `${origin}${pathname}` : origin;
}

function groupOf(source: LockSource): string {
  if (source.kind === "git") return source.url;
  return source.kind === "file" ? source.path : (originOf(source) ?? "");
}

/** Whether a path, relative to the lock file's folder, is absolute or leads out of the repository. */
function leavesRepository(lockPath: string, path: string): boolean {
  if (/^(?:\/|[A-Za-z]:)/.test(path)) return true;
  let depth = lockPath.split("/").length - 1;
  return path.split("/").some((part) => {
    if (part === "..") depth -= 1;
    else if (part !== "." && part !== "") depth += 1;
    return depth < 0;
  });
}
