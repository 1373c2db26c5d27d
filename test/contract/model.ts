import { afterEach, describe, expect, it } from "vitest";
import type { Model } from "../../src/review/model-ports.ts";
import type { FakeTurn } from "../fakes/fake-model.ts";
import { someRequest } from "../fakes/some-request.ts";

export interface OpenModel {
  readonly model: Model;
  readonly close: () => Promise<void>;
}

const never = new AbortController().signal;

/** What every Model promises. `open` gives one that answers the turns of a conversation; null stands for silence. */
export function describeModel(name: string, open: (turns: readonly (FakeTurn | null)[]) => Promise<OpenModel>): void {
  describe(`Model: ${name}`, () => {
    const opened: OpenModel[] = [];
    const use = async (...turns: readonly (FakeTurn | null)[]): Promise<Model> => {
      const subject = await open(turns);
      opened.push(subject);
      return subject.model;
    };
    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it("answers in text", async () => {
      const model = await use({ text: "Nothing is wrong." });
      const turn = await model.turn(someRequest(), never);
      expect(turn).toMatchObject({ text: "Nothing is wrong.", calls: [], stop: "end" });
      expect(turn.items).toContainEqual({ type: "assistant", text: "Nothing is wrong." });
    });

    it("answers with several calls, their arguments as the model wrote them", async () => {
      const written = ['{"path":"a.ts"}', '{"path":"ü b.ts"}'];
      const model = await use({ calls: written.map((given) => ({ name: "read_file", arguments: given })) });
      const turn = await model.turn(someRequest(), never);
      expect(turn.calls.map((call) => [call.name, call.arguments])).toEqual(
        written.map((given) => ["read_file", given]),
      );
      expect(new Set(turn.calls.map(({ callId }) => callId)).size).toBe(2);
      expect(turn.items.filter(({ type }) => type === "call")).toEqual(
        turn.calls.map((call) => ({ type: "call", ...call })),
      );
    });

    it("goes on after the results of its calls", async () => {
      const model = await use({ calls: [{ name: "read_file", arguments: { path: "a.ts" } }] }, { text: "Done." });
      const first = await model.turn(someRequest(), never);
      const results = first.calls.map(({ callId }) => ({ type: "result", callId, output: "1|code" }) as const);
      const input = [...someRequest().input, ...first.items, ...results];
      const at = { stage: "find", conversation: "main", turn: 1 };
      expect((await model.turn(someRequest({ at, input }), never)).text).toBe("Done.");
    });

    it("counts one call with its tokens", async () => {
      const model = await use({ text: "Nothing is wrong." });
      const { usage } = await model.turn(someRequest(), never);
      expect(usage.calls).toBe(1);
      expect(usage.inputTokens).toBeGreaterThan(0);
      expect(usage.outputTokens).toBeGreaterThan(0);
    });

    it("rejects with the signal's reason when it was aborted before", async () => {
      const model = await use({ text: "Nothing is wrong." });
      await expect(model.turn(someRequest(), AbortSignal.abort(new Error("superseded")))).rejects.toThrow("superseded");
    });

    it("rejects with the signal's reason when it is aborted while it waits", async () => {
      const model = await use(null);
      const controller = new AbortController();
      const turn = model.turn(someRequest(), controller.signal);
      setImmediate(() => controller.abort(new Error("superseded")));
      await expect(turn).rejects.toThrow("superseded");
    });
  });
}
