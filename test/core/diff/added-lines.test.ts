import { expect, it } from "vitest";
import { addedLines } from "../../../src/core/diff/added-lines.ts";
import { changedFile } from "../../fakes/changed-file.ts";

it("names the head's lines that were added, in every hunk", () => {
  const file = changedFile("a.ts", ["@@ -1,3 +1,3 @@", " a", "-b", "+B", " c", "@@ -10,1 +10,2 @@", " j", "+k"]);
  expect([...addedLines(file)]).toEqual([2, 11]);
});
