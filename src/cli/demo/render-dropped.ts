import type { Judged } from "../../core/evidence.ts";
import { safe, type Html } from "../../simulator/page/html.ts";

/**
 * The pull request's page with what GitHub never shows: the candidates that a gate dropped in each round, with the
 * gate and its reason.
 */
export const withDropped = (page: string, rounds: readonly (readonly Judged[])[]): string => {
  const sections = rounds.map((judged, at) => renderRound(judged, at + 1));
  const dropped = safe`<h2>Dropped, and not shown on GitHub</h2>${sections}`;
  const end = page.lastIndexOf("</body>");
  return `${page.slice(0, end)}${dropped.markup}${page.slice(end)}`;
};

const renderRound = (judged: readonly Judged[], round: number): Html => {
  const dropped = judged.filter(({ standing }) => standing === "dropped");
  const none = safe`<p class="meta">Nothing was dropped.</p>`;
  const body = dropped.length === 0 ? none : safe`<ul>${dropped.map(renderOne)}</ul>`;
  return safe`<section class="check"><div class="head"><b>Round ${round}</b></div><div class="body">${body}</div></section>`;
};

const renderOne = ({ candidate, verdicts }: Judged): Html => {
  const { severity, title, path, line } = candidate;
  const last = verdicts.findLast(({ action }) => action !== "keep");
  const reason = last === undefined ? "" : `gate “${last.gate}”: ${last.reason}`;
  return safe`<li><b>${severity} · ${title}</b> <span class="path">${path}:${line ?? "?"}</span><br>
    <span class="meta">${reason}</span></li>`;
};
