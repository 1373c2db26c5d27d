import pc from "picocolors";
import { countOf } from "../../core/count-of.ts";
import type { Finding } from "../../core/finding.ts";
import type { Usage } from "../../core/run.ts";
import { steeringLines } from "../../core/steering/mention-attempts.ts";
import { plainText } from "./plain-text.ts";
import type { ReportInput } from "./report.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** A report for people: each finding with file:line and a code frame, then what was folded, read and spent. */
export const textReport = (input: ReportInput, options: { readonly color: boolean }): string => {
  const colors = pc.createColors(options.color);
  const { findings } = input.result;
  const lines = findings.filter((finding) => finding.standing === "line");
  const folded = findings.filter((finding) => finding.standing === "summary");
  const sections = [
    colors.bold(plainText(input.title)),
    ...lines.map((finding) => findingBlock(finding, { input, colors })),
    foldedBlock(folded, colors),
    closingBlock(input, { colors, count: lines.length }),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
};

interface Style {
  readonly input: ReportInput;
  readonly colors: Colors;
}

const findingBlock = (finding: Finding, { input, colors }: Style): string => {
  const { candidate } = finding;
  const head = `${severityTag(candidate.severity, colors)} ${colors.bold(plainText(candidate.title))}`;
  const fix = candidate.replacement === null ? [] : [colors.green(indented(plainText(candidate.replacement), "  + "))];
  return [
    head,
    colors.cyan(placeOf(finding)),
    codeFrame(finding, { input, colors }),
    wrapped(plainText(candidate.body), 96),
    ...fix,
    colors.dim(plainText(finding.proof ?? "")),
  ]
    .filter((part) => part !== "")
    .join("\n");
};

const severityTag = (severity: string, colors: Colors): string => {
  const paint = severity === "P0" || severity === "P1" ? colors.red : colors.yellow;
  return paint(`[${severity}]`);
};

const placeOf = ({ candidate, anchor }: Finding): string => {
  const line = anchor?.startLine ?? anchor?.line ?? candidate.startLine ?? candidate.line;
  return plainText(line === null ? candidate.path : `${candidate.path}:${line}`);
};

const codeFrame = ({ anchor }: Finding, { input, colors }: Style): string => {
  const source = anchor === null || anchor.side === "LEFT" ? undefined : input.sources.get(anchor.path);
  if (anchor === null || source === undefined) return "";
  const first = anchor.startLine ?? anchor.line;
  const rows = source.split("\n").slice(Math.max(0, first - 2), anchor.line + 1);
  const from = Math.max(1, first - 1);
  return rows
    .map((row, index) => {
      const number = from + index;
      const marked = number >= first && number <= anchor.line;
      const text = `${marked ? ">" : " "} ${String(number).padStart(5)} | ${plainText(row).slice(0, 160)}`;
      return marked ? text : colors.dim(text);
    })
    .join("\n");
};

const foldedBlock = (findings: readonly Finding[], colors: Colors): string =>
  findings.length === 0
    ? ""
    : [
        colors.bold("Not on a line"),
        ...findings.map(
          (finding) =>
            `${finding.candidate.severity} ${plainText(finding.candidate.title)} (${placeOf(finding)}): ${plainText(finding.reason ?? finding.label ?? "")}`,
        ),
      ].join("\n");

const closingBlock = (
  { result }: ReportInput,
  { colors, count }: { readonly colors: Colors; readonly count: number },
): string => {
  const notRead = result.coverage.filter((file) => file.read !== "full");
  const said = count === 0 ? "No findings" : countOf(count, "finding");
  return [
    `${said} in ${countOf(result.coverage.length, "changed file")}.`,
    ...notRead.map((file) =>
      colors.dim(`  not read in full: ${plainText(`${file.path}: ${file.reason ?? file.read}`)}`),
    ),
    ...result.notices.map((notice) => colors.yellow(plainText(notice.text))),
    ...steeringLines(result.steering).map((line) => colors.yellow(plainText(line))),
    colors.dim(
      `${result.model === null ? "no model" : `model ${plainText(result.model)}`}, ${usageText(result.usage)}`,
    ),
  ].join("\n");
};

const usageText = (usage: Usage): string => {
  const cost = usage.usd === null ? "cost unknown" : `$${usage.usd.toFixed(3)}`;
  return `${usage.calls} calls, ${usage.inputTokens} tokens in, ${usage.outputTokens} out, ${cost}`;
};

const indented = (text: string, prefix: string): string =>
  text
    .split("\n")
    .map((line) => `${prefix}${line}`)
    .join("\n");

const wrapped = (text: string, width: number): string =>
  text
    .split(/\s+/)
    .reduce<string[]>((rows, word) => {
      const last = rows.at(-1);
      if (last !== undefined && last.length + word.length < width) return [...rows.slice(0, -1), `${last} ${word}`];
      return [...rows, word];
    }, [])
    .join("\n");
