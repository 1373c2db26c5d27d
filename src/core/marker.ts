/**
 * Markers are HTML comments at the end of what the program writes, by which it finds its own text again:
 *
 *     <!-- codex-review run=6f1c… fp=9ab3… -->     one finding, on a line or as a reply
 *     <!-- codex-review run=6f1c… -->              a review
 *     <!-- codex-review key=summary run=6f1c… -->  a comment in the conversation
 *
 * Anybody can write such text, so a marker counts only in a comment whose author is the app itself.
 */
interface Marker {
  readonly runId: string | null;
  readonly fingerprint: string | null;
  readonly key: string | null;
}

/** What all markers of one comment say together; `runId` and `key` are those of the last marker that names one. */
export interface Markers {
  readonly runId: string | null;
  readonly key: string | null;
  readonly fingerprints: readonly string[];
}

export const findingMarker = (marker: { readonly runId: string; readonly fingerprint: string }): string =>
  writeMarker({ key: null, ...marker });

export const runMarker = (runId: string): string => writeMarker({ key: null, runId, fingerprint: null });

/** Without a run id: a comment that no run owns. */
export const noteMarker = (marker: { readonly key: string; readonly runId?: string }): string =>
  writeMarker({ key: marker.key, runId: marker.runId ?? null, fingerprint: null });

/** A text of somebody else's in which no marker can be read, for places where HTML comments are shown as they are. */
export const withoutMarkers = (text: string): string => text.replaceAll("<!-- codex-review", "<!-codex-review");

const anyMarker = /<!-- codex-review((?: [a-z]+=[\w:./-]+)+) -->/g;

/** A comment's text as people see it; for a prompt too, which must not differ from run to run. */
export const dropMarkers = (body: string): string => body.replaceAll(anyMarker, "").trim();

/** Reads every marker in a comment's body. */
export const readMarkers = (body: string): Markers => {
  const found = [...body.matchAll(anyMarker)].map((match) => readFields(match[1] ?? ""));
  return {
    runId: lastOf(found, "run"),
    key: lastOf(found, "key"),
    fingerprints: found.flatMap((fields) => fields.get("fp") ?? []),
  };
};

const writeMarker = ({ key, runId, fingerprint }: Marker): string => {
  const fields = [field("key", key), field("run", runId), field("fp", fingerprint)];
  return `<!-- codex-review${fields.join("")} -->`;
};

const field = (name: string, value: string | null): string => {
  if (value === null) return "";
  // Anything else could end the HTML comment, or the field, before its time.
  if (!/^[\w:./-]+$/.test(value) || value.includes("--")) throw new RangeError(`not fit for a marker: ${value}`);
  return ` ${name}=${value}`;
};

const readFields = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(" ")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );

const lastOf = (markers: readonly ReadonlyMap<string, string>[], name: string): string | null =>
  markers.findLast((fields) => fields.has(name))?.get(name) ?? null;
