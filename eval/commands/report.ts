import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { openCase } from "../case/open-case.ts";
import { renderReport, type ReportedCase } from "../report/render-report.ts";
import { fileAtHead } from "../run/to-result.ts";
import { scoreCase } from "../score/score-case.ts";
import { judgementsOf, labelledRun, type LabelledRun } from "./score.ts";

export const addReportCommand = (program: Command): void => {
  program
    .command("report")
    .description("write report.html into the run's folder: figures, charts, every claim in its code")
    .argument("<run>", "the run's folder")
    .option("--cases <folder>", "the folder of cases, where it is not the one that the run names")
    .action((dir: string, { cases }: { readonly cases?: string }) => {
      const { folder, pairs } = labelledRun(dir, cases);
      const judgements = judgementsOf(dir);
      const reported = pairs.map(({ evalCase, result }) => ({
        scored: scoreCase(evalCase, result, judgements),
        known: evalCase.known,
        sources: sourcesOf({ evalCase, result }),
      }));
      const file = join(dir, "report.html");
      writeFileSync(file, renderReport(folder.about, reported));
      process.stdout.write(`${file}\n`);
    });
};

const sourcesOf = ({ evalCase, result }: LabelledRun["pairs"][number]): ReportedCase["sources"] => {
  const opened = openCase(evalCase);
  try {
    const paths = [...new Set(result.candidates.map(({ path }) => path))];
    return new Map(
      paths.flatMap((path) => {
        const text = fileAtHead(opened, path);
        return text === null ? [] : [[path, text] as const];
      }),
    );
  } finally {
    opened.remove();
  }
};
