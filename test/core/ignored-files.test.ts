import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/core/change.ts";
import { classifyFiles, createIgnoredBy, type IgnoreRules } from "../../src/core/ignored-files.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import { changedFile } from "../fakes/changed-file.ts";

const rules = (ignore: readonly string[], attributed: IgnoreRules["attributed"] = new Map()): IgnoreRules => ({
  policy: { paths: { ...defaultPolicy.paths, ignore: [...ignore] } },
  attributed,
});
const oneLine = ["@@ -1 +1 @@", "-old", "+new"];

describe("createIgnoredBy", () => {
  const defaults = createIgnoredBy(rules(defaultPolicy.paths.ignore));
  it.each([
    ["dist/app.js", "**/dist/**"],
    ["web/dist/deep/app.js", "**/dist/**"],
    ["web/app.min.js", "**/*.min.*"],
    ["vendor/lib/a.go", "**/vendor/**"],
    ["package-lock.json", "lock file"],
    ["web/Cargo.lock", "lock file"],
  ])("ignores %s by default and names the reason", (path, reason) => {
    expect(defaults(path)).toContain(reason);
  });

  it.each(["src/distance.ts", "src/vendor.ts", "package.json", "docs/min.md"])("reviews %s by default", (path) => {
    expect(defaults(path)).toBeNull();
  });

  it("goes by the base's attributes", () => {
    const attributed = new Map([["src/api.ts", "generated"]] as const);
    const ignoredBy = createIgnoredBy(rules([], attributed));
    expect(ignoredBy("src/api.ts")).toBe("generated (.gitattributes)");
    expect(ignoredBy("src/other.ts")).toBeNull();
  });

  it("knows lock files whatever the policy says", () => {
    expect(createIgnoredBy(rules([]))("yarn.lock")).toContain("lock file");
  });
});

describe("classifyFiles", () => {
  it.each<[string, Partial<ChangedFile>, string]>([
    ["a binary", { binary: true, hunks: [] }, "binary"],
    ["a submodule", { newKind: "submodule" }, "submodule"],
    ["a submodule that was removed", { oldKind: "submodule", newKind: null }, "submodule"],
    ["a symbolic link", { newKind: "symlink" }, "symbolic link"],
    ["a file whose diff could not be read", { hunks: [], partial: "the diff is too long" }, "the diff is too long"],
  ])("sorts %s out and says why", (_what, over, reason) => {
    const { review, ignored } = classifyFiles([changedFile("src/a", oneLine, over)], rules([]));
    expect(review).toEqual([]);
    expect(ignored).toEqual([{ path: "src/a", reason: expect.stringContaining(reason) }]);
  });

  it.each<[string, Partial<ChangedFile>]>([
    ["was read in part", { partial: "the counts disagree" }],
    ["was removed", { status: "deleted", newKind: null }],
    ["only changed its mode", { hunks: [], newMode: "100755" }],
  ])("leaves a file to the review that %s", (_what, over) => {
    const file = changedFile("src/a.ts", oneLine, over);
    expect(classifyFiles([file], rules([]))).toEqual({ review: [file], ignored: [] });
  });

  it("puts every file into exactly one of the two lists, in the order of the change", () => {
    const files = ["b.ts", "dist/x.js", "a.ts", "yarn.lock"].map((path) => changedFile(path, oneLine));
    const { review, ignored } = classifyFiles(files, rules(["dist/**"]));
    expect(review.map(({ path }) => path)).toEqual(["b.ts", "a.ts"]);
    expect(ignored.map(({ path }) => path)).toEqual(["dist/x.js", "yarn.lock"]);
  });
});
