import { describe, expect, it } from "vitest";
import { commentBody, replyBody } from "../../src/core/comment-body.ts";
import type { Judged, SaidThread } from "../../src/core/evidence.ts";
import { standingFindings } from "../../src/core/standing-findings.ts";
import { someFinding } from "../fakes/finding.ts";
import { someThread } from "../fakes/judged.ts";

const written = commentBody(someFinding(), "run-0");

/** A thread that this reviewer began. */
const ownThread = (over: Partial<SaidThread> = {}): SaidThread =>
  someThread({ author: "self", body: written, ownFinding: written, fingerprints: ["f1"], url: "u1", ...over });

/** What the gate `said` leaves of a finding that was found again. */
const foundAgain = (saidIn: { readonly url?: string; readonly own?: boolean; readonly isResolved?: boolean }): Judged =>
  someFinding({
    candidate: { severity: "P3", title: "Again" },
    verdicts: [
      { gate: "said", action: "drop", reason: "r", saidIn: { url: "u1", own: true, isResolved: false, ...saidIn } },
    ],
  }).judged;

const first = { severity: "P1", title: "Reject negative amounts before sending", path: "src/pay.ts", url: "u1" };

describe("what stands from earlier rounds", () => {
  it.each<{
    readonly title: string;
    readonly threads?: readonly SaidThread[];
    readonly judged?: readonly Judged[];
    readonly stands: readonly Readonly<Record<string, unknown>>[];
  }>([
    { title: "nothing where nothing was said", stands: [] },
    { title: "an own thread that nobody found again", threads: [ownThread()], stands: [{ ...first, line: 12 }] },
    {
      title: "an own thread once, with what it says, where it was found again",
      threads: [ownThread()],
      judged: [foundAgain({}), foundAgain({})],
      stands: [{ ...first, line: 12 }],
    },
    { title: "an outdated thread", threads: [ownThread({ line: null })], stands: [{ ...first, line: null }] },
    { title: "no resolved thread", threads: [ownThread({ isResolved: true })], stands: [] },
    {
      title: "no resolved thread, found again or not",
      threads: [ownThread({ isResolved: true })],
      judged: [foundAgain({ isResolved: true })],
      stands: [],
    },
    {
      title: "no thread of others",
      threads: [someThread({ author: "writer" }), someThread({ author: "bot", body: written })],
      judged: [foundAgain({ own: false })],
      stands: [],
    },
    { title: "no own thread without a finding", threads: [ownThread({ ownFinding: null })], stands: [] },
    {
      title: "an own thread whose marker is lost, when it was found again",
      threads: [ownThread({ ownFinding: null })],
      judged: [foundAgain({})],
      stands: [{ severity: "P3", title: "Again", path: "src/pay.ts", line: 12, url: "u1" }],
    },
    {
      title: "an answer in the author's thread, by what the answer says",
      threads: [
        ownThread({
          author: "pull_request_author",
          body: "**P3 · Nothing to see here**",
          ownFinding: replyBody(someFinding(), "run-0"),
        }),
      ],
      stands: [{ ...first, line: 12 }],
    },
    {
      title: "an edited comment, as P2 without a title",
      threads: [ownThread({ ownFinding: `never mind\n\n${written}` })],
      stands: [{ severity: "P2", title: null, path: "src/pay.ts", line: 12, url: "u1" }],
    },
    {
      title: "the worst first",
      threads: [
        ownThread({ ownFinding: "**P3 · Last**", url: "u3" }),
        ownThread({ ownFinding: "**P0 · First**", url: "u0" }),
        ownThread({ ownFinding: "", url: "u2" }),
      ],
      stands: [{ severity: "P0" }, { severity: "P2" }, { severity: "P3" }],
    },
  ])("is $title", ({ threads = [], judged = [], stands }) => {
    expect(standingFindings({ threads, judged })).toMatchObject(stands);
    expect(standingFindings({ threads, judged })).toHaveLength(stands.length);
  });
});
