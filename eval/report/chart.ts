import type { Cut } from "../score/cuts.ts";
import { precisionOf, recallOf } from "../score/measure.ts";
import { html, type Html } from "./html.ts";

const size = { group: 84, height: 160, top: 16, bottom: 40, left: 30 } as const;

/** Precision and recall of each cut as two bars beside one another, as inline SVG. */
export const cutChart = (title: string, cuts: readonly Cut[]): Html => {
  const width = size.left + cuts.length * size.group;
  const height = size.top + size.height + size.bottom;
  return html`<figure>
    <figcaption>${title}: <span class="p">precision</span>, <span class="r">recall</span></figcaption>
    <svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
      ${[0, 0.5, 1].map((share) => gridLine(share, width))} ${cuts.map(barsOf)}
    </svg>
  </figure>`;
};

const yOf = (share: number): number => size.top + size.height * (1 - share);

const gridLine = (share: number, width: number): Html =>
  html`<line class="grid" x1="${size.left}" x2="${width}" y1="${yOf(share)}" y2="${yOf(share)}" />
    <text x="${size.left - 4}" y="${yOf(share) + 4}" text-anchor="end">${share}</text>`;

const barsOf = ({ name, counts }: Cut, index: number): Html => {
  const x = size.left + index * size.group;
  return html`${bar("p", x + 14, precisionOf(counts))} ${bar("r", x + 44, recallOf(counts))}
    <text x="${x + size.group / 2}" y="${size.top + size.height + 16}" text-anchor="middle">${name}</text>
    <text x="${x + size.group / 2}" y="${size.top + size.height + 32}" text-anchor="middle">${counts.claims}</text>`;
};

const bar = (kind: "p" | "r", x: number, share: number | null): Html =>
  share === null
    ? html`<text x="${x + 13}" y="${yOf(0) - 4}" text-anchor="middle">-</text>`
    : html`<rect class="${kind}" x="${x}" width="26" y="${yOf(share)}" height="${size.height * share}" />
        <text x="${x + 13}" y="${yOf(share) - 3}" text-anchor="middle">${share.toFixed(2)}</text>`;
