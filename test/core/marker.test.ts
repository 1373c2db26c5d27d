import { describe, expect, it } from "vitest";
import { dropMarkers, findingMarker, noteMarker, readMarkers, runMarker } from "../../src/core/marker.ts";

const runId = "6f1c2a30-0b1e-4c3d-9a54-1f2e3d4c5b6a";

describe("markers", () => {
  it.each([
    { written: findingMarker({ runId, fingerprint: "9ab3" }), read: { runId, key: null, fingerprints: ["9ab3"] } },
    { written: runMarker(runId), read: { runId, key: null, fingerprints: [] } },
    { written: noteMarker({ key: "summary" }), read: { runId: null, key: "summary", fingerprints: [] } },
    { written: noteMarker({ key: "reply:9ab3", runId }), read: { runId, key: "reply:9ab3", fingerprints: [] } },
  ])("reads back $written", ({ written, read }) => {
    expect(readMarkers(`**Close the file**\n\nIt leaks.\n\n${written}\n`)).toEqual(read);
  });

  it("collects the fingerprints of every marker and keeps the last run", () => {
    const body = `${findingMarker({ runId: "old", fingerprint: "a1" })}\n${findingMarker({ runId, fingerprint: "b2" })}`;
    expect(readMarkers(body)).toEqual({ runId, key: null, fingerprints: ["a1", "b2"] });
  });

  it.each(["no marker", "<!-- codex-review -->", "<!-- other run=1 -->", "<!-- codex-review run= -->", "run=1 fp=2"])(
    "reads nothing from %j",
    (body) => {
      expect(readMarkers(body)).toEqual({ runId: null, key: null, fingerprints: [] });
    },
  );

  it("leaves a comment as people see it, with the HTML comments of others", () => {
    const body = `**Close the file**\n\n<!-- theirs -->\n\n${findingMarker({ runId, fingerprint: "9ab3" })}`;
    expect(dropMarkers(body)).toBe("**Close the file**\n\n<!-- theirs -->");
  });

  it.each(["", "a b", "x-->", "a>b", "two\nlines"])("refuses to write the value %j", (value) => {
    expect(() => runMarker(value)).toThrow(RangeError);
  });
});
