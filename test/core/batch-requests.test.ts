import { expect, it } from "vitest";
import { batchRequests } from "../../src/core/batch-requests.ts";
import type { ReviewRequest } from "../../src/core/request.ts";
import { someRequest } from "../fakes/wanted.ts";

const request = (id: string, over: Partial<ReviewRequest> = {}): ReviewRequest => someRequest({ id, ...over });
const command = (id: string, over: Partial<ReviewRequest> = {}): ReviewRequest =>
  request(id, { trigger: "command", ...over });

it.each<[string, readonly ReviewRequest[], readonly string[]]>([
  ["nothing", [], []],
  ["heads 1, 2 and 3", [request("1"), request("2", { trigger: "synchronize" }), request("3")], ["1", "2", "3"]],
  ["a push and a plain command", [request("push", { trigger: "synchronize" }), command("asked")], ["push", "asked"]],
  ["commands with different words", [command("1", { focus: "locks" }), command("2", { focus: "money" })], ["1"]],
  ["commands with the same words", [command("1", { focus: "locks" }), command("2", { focus: "locks" })], ["1", "2"]],
  ["a plain and a security review", [command("1"), command("2", { mode: "security" }), command("3")], ["1", "3"]],
  ["a focused command before a push", [command("1", { focus: "locks" }), request("2")], ["1"]],
])("of %s one run answers those that ask for what the oldest does", (_what, requests, together) => {
  expect(batchRequests(requests).map(({ id }) => id)).toEqual(together);
});

it("leaves no request unanswered, however they are mixed", () => {
  let open: readonly ReviewRequest[] = [
    command("1", { focus: "locks" }),
    request("2"),
    command("3", { mode: "security" }),
    command("4", { mode: "security", focus: "locks" }),
    command("5"),
  ];
  const runs: (readonly string[])[] = [];
  while (open.length > 0) {
    const batch = new Set(batchRequests(open).map(({ id }) => id));
    runs.push([...batch]);
    open = open.filter(({ id }) => !batch.has(id));
  }
  expect(runs).toEqual([["1"], ["2", "5"], ["3"], ["4"]]);
});
