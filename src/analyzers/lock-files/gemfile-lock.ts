import { type LockEntry, type LockSource, noIntegrity, sourceOf } from "./lock-entry.ts";
import { blocksOf } from "./text-blocks.ts";

/**
 * Gemfile.lock: one section for each source.
 *
 *     GEM
 *       remote: https://rubygems.org/
 */
export function readGemfileLock(text: string): readonly LockEntry[] {
  return blocksOf(text).flatMap((block) =>
    block.all(/^ {2}remote: (.+)$/).map(({ value, line }) => ({
      name: block.find(/^ {4}(\S+)/)?.value ?? block.head,
      version: null,
      line,
      source: gemSource(block.head, value),
      integrity: noIntegrity,
    })),
  );
}

function gemSource(section: string, remote: string): LockSource {
  if (section === "GIT") return { kind: "git", url: remote };
  return section === "PATH" ? { kind: "file", path: remote } : sourceOf(remote);
}
