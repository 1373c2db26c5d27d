import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Anchor } from "../../src/core/candidate.ts";
import { findingMarker, noteMarker, runMarker } from "../../src/core/marker.ts";
import type { PullRequestRef } from "../../src/core/pull-request.ts";
import { CodeHostError } from "../../src/review/errors.ts";
import type { CodeHost } from "../../src/review/ports.ts";

/** An open pull request on some code host, without any talk on it. */
export interface CodeHostStage {
  readonly host: CodeHost;
  readonly ref: PullRequestRef;
  readonly headSha: string;
  /** A line that takes a comment, and one that the host refuses. */
  readonly goodLine: Anchor;
  readonly badLine: Anchor;
  /** Logins of somebody who may push, and of somebody who may only read. */
  readonly writer: string;
  readonly reader: string;
  /** The next call of `method` takes effect, but its answer is lost. */
  readonly loseAnswer: (method: "createPendingReview" | "writeComment" | "writeCheck") => void;
  readonly close: () => Promise<void>;
}

const signal = new AbortController().signal;
const runId = "0c7b6d1e-5b1f-4c52-9a43-2a1f0d5e6c77";

/** What the application relies on, whatever stands behind the port. */
export const describeCodeHost = (name: string, open: () => Promise<CodeHostStage>): void => {
  describe(`the code host contract: ${name}`, () => {
    let stage: CodeHostStage;
    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.close());

    const review = (anchor: Anchor, fingerprint = "f1") => ({
      headSha: stage.headSha,
      body: `Two findings.\n\n${runMarker(runId)}`,
      comments: [{ anchor, fingerprint, body: `**Close the file**\n\n${findingMarker({ runId, fingerprint })}` }],
    });
    const check = () => ({ headSha: stage.headSha, externalId: runId });
    const submitted = async (): Promise<{ readonly id: number; readonly url: string }> => {
      const created = await stage.host.createPendingReview(stage.ref, review(stage.goodLine), signal);
      if (!created.created) throw new Error(created.message);
      const { url } = await stage.host.submitReview(stage.ref, { id: created.id, event: "COMMENT" }, signal);
      return { id: created.id, url };
    };
    const snapshot = async () => {
      const read = await stage.host.readPullRequest(stage.ref, signal);
      if (read === null) throw new Error("the pull request is gone");
      return read;
    };

    describe("reading", () => {
      it("shows the pull request and its head", async () => {
        expect(await snapshot()).toMatchObject({
          ref: stage.ref,
          headSha: stage.headSha,
          state: "open",
          threads: [],
          ownComments: [],
        });
        expect(await stage.host.readHead(stage.ref, signal)).toBe(stage.headSha);
      });

      it("answers null for a pull request that is not there", async () => {
        const missing = { ...stage.ref, number: 4040 };
        expect(await stage.host.readPullRequest(missing, signal)).toBeNull();
        expect(await stage.host.readHead(missing, signal)).toBeNull();
      });

      it("tells who may push", async () => {
        expect(await stage.host.permissionOf(stage.ref, stage.writer, signal)).toBe("write");
        expect(await stage.host.permissionOf(stage.ref, stage.reader, signal)).toBe("read");
        expect(await stage.host.permissionOf(stage.ref, "nobody-of-this-name", signal)).toBe("none");
      });

      it("gives git an address and a credential apart from it", async () => {
        const { url, authorization } = await stage.host.gitAccess(stage.ref, signal);
        expect(new URL(url)).toMatchObject({ pathname: `/${stage.ref.owner}/${stage.ref.name}.git`, username: "" });
        expect(authorization).toMatch(/^Basic [\w+/]+=*$/);
      });

      it("stops for an abort, with its reason", async () => {
        const reason = new Error("superseded");
        await expect(stage.host.readHead(stage.ref, AbortSignal.abort(reason))).rejects.toBe(reason);
      });
    });

    describe("a review", () => {
      it("is seen by nobody before it is submitted, and found by its marker", async () => {
        const created = await stage.host.createPendingReview(stage.ref, review(stage.goodLine), signal);
        expect(created).toMatchObject({ created: true });
        const id = created.created ? created.id : 0;
        expect(await stage.host.findReviews(stage.ref, runMarker(runId), signal)).toEqual([
          { state: "pending", id, mine: true },
        ]);
        expect(await stage.host.findReviews(stage.ref, runMarker("another-run"), signal)).toEqual([
          { state: "pending", id, mine: false },
        ]);
      });

      it("stands on its lines once it is submitted, with its fingerprints", async () => {
        const { id, url } = await submitted();
        expect(await stage.host.findReviews(stage.ref, runMarker(runId), signal)).toEqual([
          { state: "submitted", id, url },
        ]);
        expect((await snapshot()).threads).toMatchObject([
          { ...stage.goodLine, author: "self", isResolved: false, fingerprints: ["f1"] },
        ]);
      });

      it("may cover a range of lines", async () => {
        const range = { ...stage.goodLine, startLine: stage.goodLine.line - 1 };
        const created = await stage.host.createPendingReview(stage.ref, review(range), signal);
        expect(created).toMatchObject({ created: true });
      });

      it("is refused as a whole for one bad line", async () => {
        const good = review(stage.goodLine);
        const comments = [...good.comments, ...review(stage.badLine, "f2").comments];
        const refused = await stage.host.createPendingReview(stage.ref, { ...good, comments }, signal);
        expect(refused).toMatchObject({ created: false, refused: "line" });
        expect(await stage.host.findReviews(stage.ref, runMarker(runId), signal)).toEqual([]);
      });

      it("is refused while another one is pending, and so is a reply", async () => {
        await submitted();
        const [thread] = (await snapshot()).threads;
        await stage.host.createPendingReview(stage.ref, review(stage.goodLine), signal);
        const second = await stage.host.createPendingReview(stage.ref, review(stage.goodLine), signal);
        expect(second).toMatchObject({ created: false, refused: "pending_exists" });
        const reply = { threadId: thread?.threadId ?? null, commentId: null, body: "Fixed." };
        await expect(stage.host.replyInThread(stage.ref, reply, signal)).rejects.toMatchObject({ outcome: "refused" });
      });

      it("leaves nothing behind when it is deleted, which may be done twice", async () => {
        const created = await stage.host.createPendingReview(stage.ref, review(stage.goodLine), signal);
        const id = created.created ? created.id : 0;
        await stage.host.deletePendingReview(stage.ref, id, signal);
        await stage.host.deletePendingReview(stage.ref, id, signal);
        expect(await stage.host.findReviews(stage.ref, runMarker(runId), signal)).toEqual([]);
        expect((await snapshot()).threads).toEqual([]);
      });

      it("is found again when the answer to its creation was lost", async () => {
        stage.loseAnswer("createPendingReview");
        const creating = stage.host.createPendingReview(stage.ref, review(stage.goodLine), signal);
        await expect(creating).rejects.toSatisfy(isUnknown);
        const found = await stage.host.findReviews(stage.ref, runMarker(runId), signal);
        expect(found).toMatchObject([{ state: "pending", mine: true }]);
      });

      it("cannot be submitted twice", async () => {
        const { id } = await submitted();
        const again = stage.host.submitReview(stage.ref, { id, event: "COMMENT" }, signal);
        await expect(again).rejects.toMatchObject({ outcome: "refused" });
      });
    });

    describe("a check run", () => {
      const plan = { conclusion: "neutral", title: "1 finding", summary: "Read 1 of 1 files." } as const;

      it("is opened, found by its external id and completed", async () => {
        expect(await stage.host.findCheck(stage.ref, check(), signal)).toBeNull();
        const { id } = await stage.host.writeCheck(stage.ref, { ...check(), id: null, plan: null }, signal);
        expect(await stage.host.findCheck(stage.ref, check(), signal)).toEqual({ id });
        expect(await stage.host.writeCheck(stage.ref, { ...check(), id, plan }, signal)).toEqual({ id });
      });

      it("is found again when the answer to its creation was lost", async () => {
        stage.loseAnswer("writeCheck");
        const writing = stage.host.writeCheck(stage.ref, { ...check(), id: null, plan }, signal);
        await expect(writing).rejects.toSatisfy(isUnknown);
        expect(await stage.host.findCheck(stage.ref, check(), signal)).toMatchObject({ id: expect.any(Number) });
      });
    });

    describe("a comment", () => {
      const marker = noteMarker({ key: "summary", runId });

      it("is written, found, read with the pull request and edited in place", async () => {
        expect(await stage.host.findComment(stage.ref, marker, signal)).toBeNull();
        const { id } = await stage.host.writeComment(stage.ref, { id: null, body: `One.\n${marker}` }, signal);
        expect(await stage.host.findComment(stage.ref, marker, signal)).toEqual({ id });
        await stage.host.writeComment(stage.ref, { id, body: `Two.\n${marker}` }, signal);
        expect((await snapshot()).ownComments).toMatchObject([{ id, body: `Two.\n${marker}` }]);
      });

      it("is found again when the answer to its creation was lost", async () => {
        stage.loseAnswer("writeComment");
        const writing = stage.host.writeComment(stage.ref, { id: null, body: marker }, signal);
        await expect(writing).rejects.toSatisfy(isUnknown);
        expect(await stage.host.findComment(stage.ref, marker, signal)).toMatchObject({ id: expect.any(Number) });
      });

      it("that is not there cannot be edited", async () => {
        const editing = stage.host.writeComment(stage.ref, { id: 404_404, body: "x" }, signal);
        await expect(editing).rejects.toMatchObject({ outcome: "refused", status: 404 });
      });
    });

    it("answers in a thread, and finds the answer by its marker", async () => {
      await submitted();
      const [thread] = (await snapshot()).threads;
      const marker = findingMarker({ runId: "second-run", fingerprint: "f1" });
      const reply = { threadId: thread?.threadId ?? null, commentId: null, body: `Still there.\n${marker}` };
      expect(await stage.host.findReply(stage.ref, marker, signal)).toBeNull();
      const { id } = await stage.host.replyInThread(stage.ref, reply, signal);
      expect(await stage.host.findReply(stage.ref, marker, signal)).toEqual({ id });
    });

    it("takes a reaction twice and gives it back twice", async () => {
      const { nodeId } = await snapshot();
      const eyes = { subjectId: nodeId, content: "EYES" } as const;
      const thumb = { subjectId: nodeId, content: "THUMBS_UP", action: "add" } as const;
      await stage.host.react(stage.ref, [{ ...eyes, action: "add" }, thumb], signal);
      await stage.host.react(stage.ref, [{ ...eyes, action: "add" }], signal);
      await stage.host.react(stage.ref, [{ ...eyes, action: "remove" }], signal);
      await expect(stage.host.react(stage.ref, [{ ...eyes, action: "remove" }], signal)).resolves.toBeUndefined();
    });
  });
};

const isUnknown = (error: unknown): boolean => error instanceof CodeHostError && error.outcome === "unknown";
