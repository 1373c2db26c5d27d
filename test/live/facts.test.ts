import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { checkFacts, type FactResult } from "./fact.ts";
import { factRows } from "./facts-table.ts";
import { facts } from "./facts.ts";
import { openSimulatorStage } from "./open-simulator-stage.ts";

const checked = facts.flatMap((fact, at) => ("unchecked" in fact ? [] : [{ number: at + 1, name: fact.name }]));

const failing = () => Promise.reject(new Error("it does not hold"));

describe("the facts about GitHub, on the simulator", () => {
  let results: readonly FactResult[] = [];
  let violations: readonly string[] = [];
  beforeAll(async () => {
    const opened = await openSimulatorStage();
    results = await checkFacts(facts, opened.stage, () => undefined);
    violations = opened.violations();
    await opened.stage.close();
  });

  it.each(checked)("$number: $name", ({ number }) => {
    expect(results[number - 1]).toMatchObject({ number, outcome: "holds", note: "" });
  });

  it("break GitHub's own descriptions only where a refusal is asked for", () => {
    expect(violations).toEqual([
      expect.stringMatching(/start_line is not below line/),
      expect.stringMatching(/issues\/1\/comments.*<=65536 characters/),
      expect.stringMatching(/annotations must NOT have more than 50 items/),
    ]);
  });

  it("are told apart: what fails, what cannot be checked without an App, and what has no check", async () => {
    const { stage } = await openSimulatorStage();
    const told = await checkFacts(
      [
        { statement: "a", documented: null, name: "a", needs: null, check: failing },
        { statement: "b", documented: null, name: "b", needs: "app", check: failing },
        { statement: "c", documented: null, unchecked: "no way" },
      ],
      { ...stage, app: null },
      () => undefined,
    );
    await stage.close();
    expect(told.map(({ outcome, note }) => ({ outcome, note }))).toEqual([
      { outcome: "fails", note: "it does not hold" },
      { outcome: "not checked", note: "needs the credentials of an App" },
      { outcome: "not checked", note: "no way" },
    ]);
  });
});

describe("docs/github-facts.md", () => {
  it("lists every fact with its number, mark and check", () => {
    const docs = readFileSync(new URL("../../docs/github-facts.md", import.meta.url), "utf8");
    const rows = docs
      .split("\n")
      .filter((line) => /^\| \d/.test(line))
      .map((line) => line.replaceAll(/ +\|/g, " |").replaceAll(/\| +/g, "| "));
    expect(rows).toEqual(factRows(facts));
  });

  it("names no check twice", () => {
    expect(new Set(checked.map(({ name }) => name)).size).toBe(checked.length);
  });
});
