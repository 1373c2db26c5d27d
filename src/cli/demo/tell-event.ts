import { countOf } from "../../core/count-of.ts";
import type { Judged, Verdict } from "../../core/evidence.ts";
import { steeringLines } from "../../core/steering/mention-attempts.ts";
import type { RunEvent } from "../../review/observe.ts";
import type { Told } from "./terminal.ts";

/** What one event of a run looks like in the terminal; empty for what is told by another. */
export const tellEvent = (event: RunEvent): readonly Told[] => {
  switch (event.kind) {
    case "run_started":
      return [{ label: "job", text: `head ${short(event.headSha)}, asked for by ${event.triggers.join(", ")}` }];
    case "change_read":
      return [
        {
          label: "diff",
          text: `${countOf(event.files, "file")}, +${event.additions} -${event.deletions}, merge base ${short(event.mergeBase)}`,
        },
      ];
    case "context_gathered":
      return [
        {
          label: "context",
          text: `guidelines: ${event.guidelines.join(", ") || "none"}; files left out: ${event.ignored}`,
        },
      ];
    case "candidates_found":
      return [{ label: "candidates", text: `${event.agent} of the model, ${event.rules} of named rules` }];
    case "pass_done":
      return event.pass === "first" ? [tellFirstPass(event.judged)] : tellSecondPass(event.judged);
    case "reviewed":
      return [...event.result.notices.map(({ text }) => text), ...steeringLines(event.result.steering)].map((text) => ({
        label: "note",
        text,
      }));
    case "superseded":
      return [{ label: "superseded", text: event.reason }];
    case "answered":
      return [{ label: "answered", text: event.note }];
    case "published":
    default:
      return [];
  }
};

const short = (sha: string): string => sha.slice(0, 7);

const tellFirstPass = (judged: readonly Judged[]): Told => {
  const kept = judged.filter(({ standing }) => standing !== "dropped");
  return {
    label: "gates",
    text: `${countOf(judged.length, "candidate")}, ${kept.length} left for the second reader and the parser`,
  };
};

const tellSecondPass = (judged: readonly Judged[]): readonly Told[] => {
  const count = (standing: Judged["standing"]): number => judged.filter((one) => one.standing === standing).length;
  const [line, summary, dropped] = [count("line"), count("summary"), count("dropped")];
  return [
    { label: "", text: `${line} for lines, ${summary} for the summary alone, ${dropped} dropped` },
    ...judged.filter(({ standing }) => standing !== "line").flatMap(tellTurnedDown),
  ];
};

const tellTurnedDown = ({ candidate, standing, verdicts }: Judged): readonly Told[] => {
  const { severity, title, path, line } = candidate;
  const last = verdicts.findLast(({ action }) => action !== "keep");
  return [
    { label: standing === "dropped" ? "- dropped" : "- summary", text: `${severity} ${path}:${line ?? "?"} ${title}` },
    { label: "", text: reasonOf(last), isDim: true },
  ];
};

const reasonOf = (verdict: Verdict | undefined): string =>
  verdict === undefined ? "" : `gate "${verdict.gate}": ${verdict.reason}`;
