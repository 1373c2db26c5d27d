import { describe, expect, it } from "vitest";
import { createLockFileCheck } from "../../src/analyzers/lock-file-check.ts";
import { analyzedFile } from "../fakes/analyzed-file.ts";

const check = createLockFileCheck();

/** package-lock.json with these members for each package. */
const npmLock = (packages: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>): string =>
  `${JSON.stringify({ lockfileVersion: 3, packages }, null, 2)}\n`;

const npmjs = (name: string, more: Readonly<Record<string, string>> = { integrity: `sha512-${name}` }) => ({
  version: "1.0.0",
  resolved: `https://registry.npmjs.org/${name}/-/${name}-1.0.0.tgz`,
  ...more,
});

const base = npmLock({ "node_modules/a": npmjs("a"), "node_modules/old": npmjs("old", {}) });

/** "rule: what it says of the place" of each candidate for a lock file that becomes `head`. */
const faults = async (head: string, more: { readonly path?: string; readonly baseText?: string | null } = {}) => {
  const { path = "package-lock.json", baseText = base } = more;
  const file = analyzedFile(path, head, baseText === null ? {} : { baseText });
  const { candidates } = await check.analyze([file], new AbortController().signal);
  return candidates.map(
    ({ origin, body }) => `${origin.kind === "rule" ? origin.rule : ""}: ${body.split(" Here: ")[1]}`,
  );
};

describe("the lock-file check", () => {
  it.each([
    ["the same file again", base],
    ["another package from the same registry", npmLock({ "node_modules/a": npmjs("a"), "node_modules/b": npmjs("b") })],
    [
      "the same registry under its other name",
      npmLock({ "node_modules/b": { ...npmjs("b"), resolved: "https://registry.yarnpkg.com/b/-/b-1.0.0.tgz" } }),
    ],
    ["a checksum that was missing before", npmLock({ "node_modules/old": npmjs("old", {}) })],
    ["a stronger kind of checksum", npmLock({ "node_modules/a": npmjs("a", { integrity: "sha1-a" }) })],
    ["a package of the workspace", npmLock({ "node_modules/w": { resolved: "packages/w", link: true } })],
    ["a path inside the repository", npmLock({ "node_modules/v": { version: "1.0.0", resolved: "file:vendor/v" } })],
  ])("stays silent about %s", async (_, head) => {
    expect(await faults(head)).toEqual([]);
  });

  it.each([
    [
      "a registry that is new here, once for all packages from it",
      npmLock({
        "node_modules/b": { version: "1.0.0", resolved: "https://npm.evil.example/b.tgz", integrity: "sha512-b" },
        "node_modules/c": { version: "1.0.0", resolved: "https://npm.evil.example/c.tgz", integrity: "sha512-c" },
        "node_modules/d": { version: "1.0.0", resolved: "https://npm.evil.example/d.tgz", integrity: "sha512-d" },
      }),
      ["registry: `b` from `https://npm.evil.example`, and 2 more packages."],
    ],
    [
      "plain http",
      npmLock({ "node_modules/b": { ...npmjs("b"), resolved: "http://registry.npmjs.org/b/-/b-1.0.0.tgz" } }),
      ["plain-http: `b` from `http://registry.npmjs.org`."],
    ],
    [
      "a package that comes from git now",
      npmLock({ "node_modules/a": { version: "1.0.0", resolved: "git+ssh://git@github.com/x/a.git#abc" } }),
      ["git: `a` from `git+ssh://git@github.com/x/a.git#abc`."],
    ],
    [
      "a path outside of the repository",
      npmLock({ "node_modules/v": { version: "1.0.0", resolved: "file:../../v.tgz" } }),
      ["file: `v` from `../../v.tgz`."],
    ],
    [
      "a missing checksum",
      npmLock({ "node_modules/a": npmjs("a", {}) }),
      ["integrity-missing: `a` from `https://registry.npmjs.org`."],
    ],
    [
      "another checksum for the same version",
      npmLock({ "node_modules/a": npmjs("a", { integrity: "sha512-other" }) }),
      ["integrity-changed: `a` from `https://registry.npmjs.org`."],
    ],
  ])("reports %s", async (_, head, expected) => {
    expect(await faults(head)).toEqual(expected);
  });

  it("takes a new lock file's registry as it comes, but not plain http", async () => {
    const mirrored = { version: "1.0.0", resolved: "https://npm.corp.example/a.tgz", integrity: "sha512-a" };
    const open = { version: "1.0.0", resolved: "http://npm.corp.example/b.tgz", integrity: "sha512-b" };
    const head = npmLock({ "node_modules/a": mirrored, "node_modules/b": open });
    expect(await faults(head, { baseText: null })).toEqual(["plain-http: `b` from `http://npm.corp.example`."]);
  });

  it("counts a path from the lock file's own folder", async () => {
    const head = npmLock({ "node_modules/v": { version: "1.0.0", resolved: "file:../v" } });
    expect(await faults(head, { path: "packages/a/package-lock.json" })).toEqual([]);
    expect(await faults(head)).toEqual(["file: `v` from `../v`."]);
  });

  it("says when a lock file is not laid out as its tool writes it", async () => {
    const file = analyzedFile("package-lock.json", JSON.stringify({ packages: { a: "x".repeat(2000) } }));
    const report = await check.analyze([file], new AbortController().signal);
    expect(report).toEqual({
      candidates: [],
      unread: [{ path: "package-lock.json", reason: "it is not laid out as its tool writes it" }],
    });
  });

  it("ends on hostile files: endless nesting, lines and names", async () => {
    const texts = ['{\n"a": {\n'.repeat(200_000), '    { url = "'.repeat(200_000), "a@".repeat(500_000)];
    const paths = ["package-lock.json", "uv.lock", "yarn.lock"];
    const files = paths.map((path, index) => analyzedFile(path, texts[index] ?? "", { addedLines: [1] }));
    expect((await check.analyze(files, new AbortController().signal)).candidates).toEqual([]);
  });
});
