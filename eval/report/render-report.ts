import type { KnownFinding } from "../case/read-cases.ts";
import type { AboutRun } from "../run/result.ts";
import type { ScoredCase, ScoredClaim } from "../score/score-case.ts";
import { scoreRun } from "../score/score-run.ts";
import { namedFigures, showNumber } from "../score/show-scores.ts";
import { cutChart } from "./chart.ts";
import { html, type Html } from "./html.ts";

export interface ReportedCase {
  readonly scored: ScoredCase;
  readonly known: readonly KnownFinding[];
  /** Head texts of the files that claims stand in. */
  readonly sources: ReadonlyMap<string, string>;
}

/** A run as one page that needs nothing else: figures, charts, and every claim in its code with all verdicts. */
export const renderReport = (about: AboutRun, cases: readonly ReportedCase[]): string => {
  const scores = scoreRun(cases.map(({ scored }) => scored));
  const title = `${about.kind} by ${about.model}, prompts ${about.promptVersion}`;
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>${title}</title>
      <style>
        ${{ markup: style }}
      </style>
    </head>
    <body>
      <h1>${title}</h1>
      <p>
        Answered by ${about.answeredBy}, ${about.created.slice(0, 10)}. ${about.cases}, ${cases.length} cases.
        ${about.note}
      </p>
      <table>
        ${namedFigures(scores).map(
          ([name, { value, interval }, digits]) =>
            html`<tr>
              <th>${name}</th>
              <td>${showNumber(value, digits)}</td>
              <td>
                ${interval === null ? "" : `${showNumber(interval.low, digits)} to ${showNumber(interval.high, digits)}`}
              </td>
            </tr>`,
        )}
      </table>
      ${cutChart("On lines after each gate", scores.byGate)} ${cutChart("Posted, by severity", scores.postedBySeverity)}
      ${cutChart("Claimed, by severity, before any gate", scores.claimedBySeverity)} ${cases.map(renderCase)}
    </body>
  </html>`;
  return `<!doctype html>\n${page.markup}\n`;
};

const renderCase = ({ scored, known, sources }: ReportedCase): Html => {
  const { result } = scored;
  const order = ["line", "summary", "dropped"];
  const claims = scored.claims.toSorted(
    (a, b) => order.indexOf(a.candidate.standing) - order.indexOf(b.candidate.standing),
  );
  const posted = scored.claims.filter(({ candidate }) => candidate.standing === "line");
  const found = new Set(posted.flatMap(({ matches }) => matches));
  return html`<section>
    <h2>${scored.id}${scored.clean ? " (clean)" : ""}</h2>
    <p>
      ${posted.length} comments, ${result.usage.calls} calls, ${result.usage.inputTokens + result.usage.outputTokens}
      tokens. ${result.notices.join(" ")}
    </p>
    <ul>
      ${known.map(
        ({ id, severity, text, places }) =>
          html`<li class="${found.has(id) ? "found" : "missed"}">
            ${found.has(id) ? "found" : "not found"}: ${id} ${severity ?? ""}
            ${places.map(({ path, startLine }) => `${path}:${startLine}`).join(", ")} ${text}
          </li>`,
      )}
    </ul>
    ${claims.map((claim) => renderClaim(claim, sources))}
  </section>`;
};

const renderClaim = (claim: ScoredClaim, sources: ReadonlyMap<string, string>): Html => {
  const { candidate, judgement, matches, right } = claim;
  const verdict = right === null ? "not judged" : right ? "right" : "not right";
  const open = candidate.standing === "dropped" ? html`<details></details>` : html`<details open></details>`;
  return html`${open}
    <summary class="${candidate.standing}">
      ${candidate.standing} · ${candidate.severity} · ${candidate.title} · <b>${verdict}</b>
    </summary>
    <p>${candidate.path}:${candidate.startLine ?? candidate.line ?? "-"} by ${candidate.origin}</p>
    ${codeAround(claim, sources)}
    <p class="body">${candidate.body}</p>
    <p>
      Judged ${judgement === null ? "by nobody" : `${judgement.worth} by ${judgement.by}: ${judgement.reason}`}
      ${matches.length > 0 ? `Matches ${matches.join(", ")}.` : ""}
    </p>
    <ol>
      ${candidate.verdicts.map(({ gate, action, reason }) => html`<li class="${action}">${gate}: ${action}, ${reason}</li>`)}
    </ol>
  </details>`;
};

const shownAround = 5;

const codeAround = ({ candidate }: ScoredClaim, sources: ReadonlyMap<string, string>): Html => {
  const { path, side, startLine, line } = candidate;
  const text = sources.get(path);
  if (text === undefined || line === null || side === "LEFT") return html`<pre>${candidate.quote}</pre>`;
  const first = Math.max(1, (startLine ?? line) - shownAround);
  const rows = text.split("\n").slice(first - 1, line + shownAround);
  return html`<pre>
${rows.map((row, index) => {
      const number = first + index;
      const isMarked = number >= (startLine ?? line) && number <= line;
      return html`<span class="${isMarked ? "marked" : ""}">${String(number).padStart(5)} ${row}</span>`;
    })}</pre>`;
};

const style = `
body { font: 15px/1.45 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .15rem .8rem .15rem 0; font-weight: normal; }
pre { background: #f5f6f8; padding: .6rem; overflow: auto; font-size: 13px; } .marked { background: #fff0b3; }
.body { white-space: pre-wrap; } details { border-top: 1px solid #d8dce2; padding: .5rem 0; }
summary.dropped, summary.summary { color: #5b6470; } li.drop, li.missed { color: #a3200d; } li.demote { color: #7a5a00; }
li.found { color: #116329; } svg text { font-size: 11px; fill: #1b1f24; } rect.p { fill: #2f6fbd; } rect.r { fill: #3f9a63; }
.grid { stroke: #d8dce2; } span.p { color: #2f6fbd; } span.r { color: #3f9a63; } figure { margin: 1.5rem 0; }
`;
