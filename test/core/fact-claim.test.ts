import { describe, expect, it } from "vitest";
import { factClaimsOf } from "../../src/core/fact-claim.ts";
import { someCandidate } from "../fakes/judged.ts";

const claimed = (title: string, trigger: string | null = null) =>
  factClaimsOf(someCandidate({ title, trigger })).map(({ kind, name }) => `${kind} ${name}`);

describe("factClaimsOf", () => {
  it.each([
    { title: "`readFile` is not imported", claim: "not_imported readFile" },
    { title: "Import `readFile` before calling it", claim: "not_imported readFile" },
    { title: "Import useState", claim: "not_imported useState" },
    { title: "Add the missing import of `Path`", claim: "not_imported Path" },
    { title: "`MAX_RETRIES` is not defined in this file", claim: "not_defined MAX_RETRIES" },
    { title: "Define `limit` before using it", claim: "not_defined limit" },
    { title: "logger is never declared", claim: "not_defined logger" },
    { title: "`save()` is not awaited", claim: "not_awaited save" },
    { title: "Await `save()`", claim: "not_awaited save" },
    { title: "`save` is never awaited, so its failure is lost", claim: "not_awaited save" },
    { title: "Remove the unused function `parseRow`", claim: "unused parseRow" },
    { title: "`parseRow` is never called", claim: "unused parseRow" },
    { title: "parseRow is never used and can go", claim: "unused parseRow" },
    { title: "Nothing calls `parseRow`", claim: "unused parseRow" },
    { title: "`parseRow` has no callers", claim: "unused parseRow" },
    { title: "`parseRow` is unused", claim: "unused parseRow" },
    { title: "Add a test for `parseRow`", claim: "untested parseRow" },
    { title: "`parseRow` has no test", claim: "untested parseRow" },
    { title: "No test covers `parseRow`", claim: "untested parseRow" },
    { title: "`src/rows/parse.ts` does not exist", claim: "no_file src/rows/parse.ts" },
  ])("takes $title for a fact", ({ title, claim }) => {
    expect(claimed(title)).toEqual([claim]);
  });

  it.each([
    "Check that `user` is not defined twice",
    "Throw when `limit` is not defined",
    "`limit` is not defined if the file is empty",
    "`save` is not awaited before the lock is released",
    "Await `save()` before closing the file",
    "Await all of `save()`",
    "`parseRow` is never called outside tests",
    "`parseRow` is only used in tests",
    "`parseRow` is never called with a limit",
    "`parseRow` is no longer used by the importer",
    "`close` is never called on the error path",
    "Import `readFile` from node:fs/promises instead",
    "Import `Path` lazily",
    "The `retry` option is not read after a reload",
    "Add a test for the empty case of `parseRow`",
    "The config file does not exist",
    "Count pages from 1 when slicing",
    "The environment variable is not defined in production",
  ])("finds no plain fact in %j", (title) => {
    expect(claimed(title)).toEqual([]);
  });

  it("reads what happens in a trigger, and not what should", () => {
    expect(claimed("Mend the loader", "load('x') -> ReferenceError: `readFile` is not defined -> it loads")).toEqual([
      "not_defined readFile",
    ]);
    expect(claimed("Mend it", "load('x') -> NameError: name 'os' is not defined")).toEqual(["not_defined os"]);
    expect(claimed("Mend it", "cancel() -> charge() runs -> charge is never called")).toEqual([]);
  });

  it("says the same fact once", () => {
    expect(claimed("Import `os`", "run() -> os is not imported")).toEqual(["not_imported os"]);
  });
});
