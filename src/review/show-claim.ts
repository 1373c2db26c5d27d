import type { Judged } from "../core/evidence.ts";
import { rangeOf } from "../core/range-of.ts";
import { describeFile, showDiff } from "../core/show-diff.ts";
import { truncateText } from "../core/truncate.ts";
import type { ChangeTrees } from "./ports.ts";

const diffChars = 12_000;
const ruleChars = 3_000;
/** Lines before and behind the one that a claim cites. */
const ruleLines = 12;

/** What a second reader gets to see of a claim, the part that claims of one file share first. */
export interface ShownClaim {
  readonly diff: string;
  readonly claim: string;
}

/**
 * Trigger, place, code, cited rule and premises: not the body, nothing that the author says of the change. The title
 * stands last and is called what it often is, a fix and not a defect.
 */
export const showClaim = async (
  trees: Pick<ChangeTrees, "readBaseTip">,
  judged: Judged,
  signal: AbortSignal,
): Promise<ShownClaim> => {
  const { candidate, evidence } = judged;
  const range = rangeOf(judged);
  const lines = range === null ? "lines unknown" : `lines ${range.startLine}-${range.endLine}`;
  const side = candidate.side === "RIGHT" ? "head" : "base";
  const rule = candidate.rule === null ? [] : [await showRule(trees, candidate.rule, signal)];
  return {
    diff: evidence.file === null ? "The file is not part of the change." : showAround(evidence.file, range?.startLine),
    claim: [
      `# What is said to happen: input or state -> what happens -> what should\n${candidate.trigger ?? "not named"}`,
      `# Where\n${candidate.path}, ${lines}, at the ${side}\n\n${candidate.quote}`,
      ...rule,
      ...(candidate.premises.length === 0 ? [] : [`# Premises that were not looked up\n${listOf(candidate.premises)}`]),
      `# Title of the comment, which may name the fix instead of the defect\n${candidate.title}`,
    ].join("\n\n"),
  };
};

/** Rules count as they stand at the tip of the base, and the reader sees the one that is cited, not all of them. */
const showRule = async (
  trees: Pick<ChangeTrees, "readBaseTip">,
  { path, line }: NonNullable<Judged["candidate"]["rule"]>,
  signal: AbortSignal,
): Promise<string> => {
  const place = `${path}${line === null ? "" : `, line ${line}`}`;
  const content = await trees.readBaseTip(path, signal);
  if (content.kind !== "text") return `# Rule\nIt is said to break ${place}, but the base has no such text file.`;
  const rows = content.text.split("\n");
  const from = line === null ? 0 : Math.max(0, line - 1 - ruleLines);
  const shown = line === null ? rows : rows.slice(from, line + ruleLines);
  return `# Rule\nIt is said to break ${place}. There, from line ${from + 1} on:\n${truncateText(shown.join("\n"), ruleChars)}`;
};

const listOf = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

const showAround = (file: NonNullable<Judged["evidence"]["file"]>, line = 1): string => {
  const whole = showDiff(file, { maxChars: diffChars });
  const { text, cutAt } =
    whole.cutAt === null ? whole : showDiff(file, { maxChars: diffChars, fromLine: Math.max(1, line - 30) });
  const cut = cutAt === null ? "" : "\n[cut: read the rest with diff]";
  return `${describeFile(file)}\n${text}${cut}`;
};
