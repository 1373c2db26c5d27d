/**
 * Where a lock file takes a package from. `registry` has the origin as written, or null where the format leaves out the
 * default one; `own` is code of the repository itself.
 */
export type LockSource =
  | { readonly kind: "registry"; readonly origin: string | null }
  | { readonly kind: "git"; readonly url: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "own" };

/** One package of a lock file; `line` (1-based) is the one that names its source. */
export interface LockEntry {
  readonly name: string;
  readonly version: string | null;
  readonly line: number;
  readonly source: LockSource;
  /** The checksum as written, null where it is missing, "unused" where the format has none for this source. */
  readonly integrity: string | null;
}

export const noIntegrity = "unused";

export type ReadLockFile = (text: string) => readonly LockEntry[];

const gitHost = /^(?:codeload\.)?(?:github\.com|gitlab\.com|bitbucket\.org)$/;

/** What a URL or path in a lock file means. */
export function sourceOf(reference: string): LockSource {
  if (/^(?:git\+|git:|ssh:|git@|github:|gitlab:|bitbucket:)/.test(reference)) return { kind: "git", url: reference };
  if (/^(?:workspace|link|portal):/.test(reference)) return { kind: "own" };
  if (!/^https?:/.test(reference)) return { kind: "file", path: reference.replace(/^file:(?:\/\/)?/, "") };
  if (!URL.canParse(reference)) return { kind: "registry", origin: reference.slice(0, 100) };
  const { host, origin, pathname } = new URL(reference);
  if (gitHost.test(host) || pathname.endsWith(".git")) return { kind: "git", url: reference };
  return { kind: "registry", origin };
}

/** A checksum that belongs to this source: registries have one, everything else is named by its content or not at all. */
export function integrityOf(source: LockSource, written: string | null): string | null {
  return source.kind === "registry" ? written : noIntegrity;
}
