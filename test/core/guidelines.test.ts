import { describe, expect, it } from "vitest";
import { assembleGuidelines, guidelinePaths } from "../../src/core/guidelines.ts";

describe("guidelinePaths", () => {
  it.each<[readonly string[], readonly string[]]>([
    [["README.md"], ["AGENTS.md"]],
    [["src/db/pool.ts"], ["AGENTS.md", "src/AGENTS.md", "src/db/AGENTS.md"]],
    [
      ["web/a.ts", "src/b.ts", "src/c.ts"],
      ["AGENTS.md", "src/AGENTS.md", "web/AGENTS.md"],
    ],
    [[], ["AGENTS.md"]],
  ])("of a change of %j are %j, root first", (changed, paths) => {
    expect(guidelinePaths(["AGENTS.md"], changed)).toEqual(paths);
  });

  it("looks for every name in every folder, and for each path once", () => {
    expect(guidelinePaths(["AGENTS.md", "src/RULES.md", "AGENTS.md"], ["src/a.ts"])).toEqual([
      "AGENTS.md",
      "src/RULES.md",
      "src/AGENTS.md",
      "src/src/RULES.md",
    ]);
  });
});

const only = (text: string): string | undefined => assembleGuidelines([{ path: "AGENTS.md", text }])[0]?.text;

describe("the section for reviews", () => {
  it.each([
    ["## Code Review Rules", "it stands below other sections"],
    ["# review guidelines #", "its heading is closed and of another level"],
    ["###### REVIEW GUIDELINES", "it is deep and loud"],
  ])("comes first under %j, when %s", (heading) => {
    const level = heading.split(" ")[0] ?? "";
    const text = `# Project\n\nBuild it.\n\n${heading}\n\nNo floats.\n\n${level} Deploy\n\nShip it.`;
    expect(only(text)).toBe(`${heading}\n\nNo floats.\n\n# Project\n\nBuild it.\n\n${level} Deploy\n\nShip it.`);
  });

  it("keeps the sections below it", () => {
    const text = "Intro\n\n## Review guidelines\n\nA\n\n### Money\n\nB\n\n## Other\n\nC";
    expect(only(text)).toBe("## Review guidelines\n\nA\n\n### Money\n\nB\n\nIntro\n\n## Other\n\nC");
  });

  it("may be all that there is, or missing", () => {
    expect(only("## Review guidelines\n\nA\n")).toBe("## Review guidelines\n\nA");
    expect(only("Do not write code review rules here.\n")).toBe("Do not write code review rules here.\n");
  });
});

const kib = (count: number): string => "x".repeat(count * 1024);

describe("32 KiB in all", () => {
  it("keeps the deeper file whole and cuts the one above it", () => {
    const [root, deep] = assembleGuidelines([
      { path: "AGENTS.md", text: kib(20) },
      { path: "src/AGENTS.md", text: kib(20) },
    ]);
    expect(deep).toEqual({ path: "src/AGENTS.md", text: kib(20), truncated: false });
    expect(root).toEqual({ path: "AGENTS.md", text: kib(12), truncated: true });
  });

  it("never hides a file for which nothing is left", () => {
    const [root] = assembleGuidelines([
      { path: "AGENTS.md", text: "No floats." },
      { path: "src/AGENTS.md", text: kib(40) },
    ]);
    expect(root).toEqual({ path: "AGENTS.md", text: "", truncated: true });
  });

  it("counts bytes, and cuts no character in two", () => {
    const [cut] = assembleGuidelines([{ path: "AGENTS.md", text: `x${"€".repeat(20_000)}` }]);
    // 1 + 3 n bytes fit into 32,768.
    expect(cut).toEqual({ path: "AGENTS.md", text: `x${"€".repeat(10_922)}`, truncated: true });
  });

  it("says nothing of a file that just fits", () => {
    expect(assembleGuidelines([{ path: "AGENTS.md", text: kib(32) }])[0]?.truncated).toBe(false);
  });
});
