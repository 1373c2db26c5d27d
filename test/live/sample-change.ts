/** The change that facts are checked on. Line numbers in the checks refer to these texts. */

const ledger = Array.from({ length: 40 }, (_, at) => `export const entry${at + 1} = ${at + 1};`);

const changed = ledger.with(9, "export const entry10 = 1000;").toSpliced(19, 1);

const policyPath = ".github/codex-review.yml";
export const policyText = "version: 1\n";

export const baseFiles: Readonly<Record<string, string>> = {
  [policyPath]: policyText,
  "src/ledger.ts": `${ledger.join("\n")}\n`,
};

/** 25,000 added lines: above GitHub's limit for one file's diff. */
export const headFiles: Readonly<Record<string, string>> = {
  "src/ledger.ts": `${changed.join("\n")}\n`,
  "data/large.txt": Array.from({ length: 25_000 }, (_, at) => `row ${at}\n`).join(""),
};

const inLedger = (side: "LEFT" | "RIGHT", line: number) => ({ path: "src/ledger.ts", side, line });

/** Line 10 is changed, line 20 removed; hunks hold three lines of context. */
export const lines = {
  added: inLedger("RIGHT", 10),
  contextOnRight: inLedger("RIGHT", 8),
  removed: inLedger("LEFT", 20),
  contextOnLeft: inLedger("LEFT", 18),
  outside: inLedger("RIGHT", 35),
  tooLarge: { path: "data/large.txt", side: "RIGHT", line: 3 },
} as const;
