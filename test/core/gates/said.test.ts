import { describe, expect, it } from "vitest";
import type { SaidThread } from "../../../src/core/evidence.ts";
import { said } from "../../../src/core/gates/said.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { someJudged, someThread } from "../../fakes/judged.ts";

const judge = (threads: readonly SaidThread[]) =>
  said.judge(someJudged({ evidence: { threads } }), { policy: defaultPolicy });

describe("gate said", () => {
  it.each<{ title: string; thread: Partial<SaidThread> }>([
    {
      title: "this reviewer, by fingerprint, wherever it stands now",
      thread: { author: "self", fingerprints: ["f1"], body: "x", line: null },
    },
    {
      title: "this reviewer, in a thread that was resolved",
      thread: { author: "self", fingerprints: ["f1"], isResolved: true },
    },
    { title: "this reviewer, in other words on the same line", thread: { author: "self", fingerprints: ["f9"] } },
    { title: "another bot", thread: { author: "bot", startLine: 11, line: 13 } },
    { title: "somebody with write access", thread: { author: "writer", line: 14 } },
  ])("drops what was said by $title", ({ thread }) => {
    expect(judge([someThread(thread)])).toMatchObject({
      gate: "said",
      action: "drop",
      saidIn: { own: thread.author === "self" },
    });
  });

  it.each<{ title: string; thread: Partial<SaidThread> }>([
    { title: "other words", thread: { body: "Could this be a one-liner?" } },
    { title: "too few words", thread: { body: "This looks negative." } },
    { title: "the code's own names", thread: { body: "return send amount" } },
    { title: "another place", thread: { line: 40 } },
    { title: "the other side", thread: { side: "LEFT" } },
    { title: "another file", thread: { path: "src/other.ts" } },
  ])("keeps a claim where a thread holds $title", ({ thread }) => {
    expect(judge([someThread(thread)])).toEqual({ gate: "said", action: "keep", reason: "nobody said it before" });
  });

  it.each(["pull_request_author", "other"] as const)(
    "keeps a claim that the %s says alike, as an answer there",
    (author) => {
      expect(judge([someThread({ author, threadId: "T7" })])).toMatchObject({ action: "keep", replyTo: "T7" });
    },
  );

  it("drops what this reviewer answered in the author's thread before", () => {
    const answered = someThread({ author: "pull_request_author", fingerprints: ["f1"] });
    expect(judge([answered])).toMatchObject({ action: "drop", saidIn: { own: true, isResolved: false } });
  });

  it("is silenced by a writer even where the author says it too", () => {
    const threads = [someThread({ author: "pull_request_author" }), someThread({ author: "writer", threadId: "T2" })];
    expect(judge(threads)).toMatchObject({ action: "drop" });
  });

  it("asks more of the words of an outdated thread, whose place is lost", () => {
    expect(judge([someThread({ line: null, body: "Nothing checks the sign." })])).toMatchObject({ action: "drop" });
    expect(
      judge([someThread({ line: null, body: "The bank refuses a sign in field four of any old wire." })]),
    ).toMatchObject({
      action: "keep",
    });
  });
});
