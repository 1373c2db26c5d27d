import { describe, expect, it } from "vitest";
import { createReadingLog } from "../../../src/review/agent/reading-log.ts";
import { changedFile } from "../../fakes/changed-file.ts";

const file = changedFile("src/new.ts", ["@@ -1,3 +1,3 @@", " one", "-two", "+zwei", " three"], {
  status: "renamed",
  oldPath: "src/old.ts",
});

describe("coverage", () => {
  it("is none with the reason where no changed line was shown", () => {
    const log = createReadingLog([file]);
    log.sawFile({ at: "head", path: "src/new.ts", from: 3, to: 3 });
    expect(log.unread()).toEqual(["src/new.ts"]);
    expect(log.coverage("time ran out")).toEqual([{ path: "src/new.ts", read: "none", reason: "time ran out" }]);
  });

  it("is partial where only the head was read and lines were removed", () => {
    const log = createReadingLog([file]);
    log.sawFile({ at: "head", path: "src/new.ts", from: 1, to: 3 });
    expect(log.unread()).toEqual([]);
    expect(log.coverage("why")[0]?.read).toBe("partial");
  });

  it("is full where head and base were read, the base under its old name", () => {
    const log = createReadingLog([file]);
    log.sawFile({ at: "head", path: "src/new.ts", from: 1, to: 3 });
    log.sawFile({ at: "base", path: "src/old.ts", from: 2, to: 2 });
    expect(log.coverage("why")).toEqual([{ path: "src/new.ts", read: "full", reason: null }]);
  });

  it("counts a line once however often it was shown", () => {
    const log = createReadingLog([file]);
    log.sawDiff("src/new.ts", [{ kind: "added", right: 2, text: "zwei" }]);
    log.sawDiff("src/new.ts", [{ kind: "added", right: 2, text: "zwei" }]);
    expect(log.coverage("why")[0]?.reason).toBe("1 of 2 changed lines were read: why");
  });

  it.each([
    { what: "a binary", over: { binary: true }, read: "none", reason: "it is binary" },
    { what: "a submodule", over: { newKind: "submodule" as const }, read: "none", reason: "it is a submodule" },
    { what: "a diff that is not whole", over: { partial: "too big" }, read: "partial", reason: "too big" },
    { what: "a rename without changes", over: {}, read: "full", reason: null },
  ])("of $what is $read", ({ over, read, reason }) => {
    expect(createReadingLog([changedFile("a", [], over)]).coverage("why")).toEqual([{ path: "a", read, reason }]);
  });
});
