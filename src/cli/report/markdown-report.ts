import { defaultPolicy } from "../../core/policy.ts";
import { summaryWithFindings } from "../../core/summary-body.ts";
import type { ReportInput } from "./report.ts";

/** The summary as it would stand on a pull request. */
export const markdownReport = ({ result, repositoryUrl }: ReportInput): string =>
  `${summaryWithFindings({ result, partial: false, policy: defaultPolicy, repositoryUrl })}\n`;
