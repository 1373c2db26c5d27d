import assert from "node:assert/strict";
import { z } from "zod";
import type { Fact } from "../fact.ts";
import type { Stage } from "../stage.ts";

const docs = "https://docs.github.com";

const listed = z.object({
  id: z.int(),
  guid: z.string(),
  event: z.string(),
  action: z.string().nullable(),
  redelivery: z.boolean(),
  repository_id: z.int().nullable(),
});
type Listed = z.infer<typeof listed>;

const wholeDelivery = z.object({
  request: z.object({ headers: z.record(z.string(), z.string()), payload: z.record(z.string(), z.unknown()) }),
});

const commentPayload = z.object({
  issue: z.object({ pull_request: z.object({ url: z.string() }) }),
  sender: z.object({ type: z.string() }),
  comment: z.object({ body: z.string(), performed_via_github_app: z.object({ id: z.int() }) }),
});

/** The log is written when a delivery ends, so it is looked at for up to a minute. */
const findDelivery = async (stage: Stage, fits: (delivery: Listed) => boolean): Promise<Listed> => {
  for (let look = 0; look < 20; look += 1) {
    const answer = await stage.app?.client.rest("GET", "/app/hook/deliveries?per_page=100");
    const found = z.array(listed).parse(answer?.body).find(fits);
    if (found !== undefined) return found;
    await stage.pause();
  }
  throw new Error("the log shows no such delivery");
};

const ours =
  (stage: Stage, event: string, action: string) =>
  (delivery: Listed): boolean =>
    delivery.repository_id === stage.ref.repositoryId && delivery.event === event && delivery.action === action;

const readDelivery = async (stage: Stage, id: number) => {
  const answer = await stage.app?.client.rest("GET", `/app/hook/deliveries/${id}`);
  return wholeDelivery.parse(answer?.body).request;
};

/** Facts about webhooks, seen through the App's own log of deliveries. */
export const webhookFacts: readonly Fact[] = [
  {
    statement: "The log of deliveries names the GUID, event, action and repository of each.",
    documented: `${docs}/rest/apps/webhooks#list-deliveries-for-an-app-webhook`,
    name: "delivery-log",
    needs: "webhook",
    check: async (stage) => {
      const { guid } = await findDelivery(stage, ours(stage, "pull_request", "opened"));
      assert.match(guid, /^[0-9a-f-]{36}$/);
    },
  },
  {
    statement: "A logged delivery holds the whole payload, and the headers that it was sent with.",
    documented: `${docs}/rest/apps/webhooks#get-a-delivery-for-an-app-webhook`,
    name: "logged-delivery",
    needs: "webhook",
    check: async (stage) => {
      const { id, guid } = await findDelivery(stage, ours(stage, "pull_request", "opened"));
      const { headers, payload } = await readDelivery(stage, id);
      const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      assert.equal(named.get("x-github-delivery"), guid);
      assert.equal(named.get("x-github-event"), "pull_request");
      assert.match(named.get("x-hub-signature-256") ?? "", /^sha256=/);
      assert.equal(payload["action"], "opened");
    },
  },
  {
    statement: "A delivery that is sent again keeps its GUID.",
    documented: `${docs}/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks`,
    name: "redelivery-keeps-guid",
    needs: "webhook",
    check: async (stage) => {
      const { id, guid } = await findDelivery(stage, ours(stage, "pull_request", "opened"));
      const answer = await stage.app?.client.rest("POST", `/app/hook/deliveries/${id}/attempts`);
      assert.equal(answer?.status, 202);
      await findDelivery(stage, (delivery) => delivery.guid === guid && delivery.redelivery);
    },
  },
  {
    statement: "A comment in a pull request's conversation comes as `issue_comment`; the App's own says so twice.",
    documented: `${docs}/webhooks/webhook-events-and-payloads#issue_comment`,
    name: "own-comment-event",
    needs: "webhook",
    check: async (stage) => {
      const path = `${stage.repositoryPath}/issues/${stage.ref.number}/comments`;
      await stage.client.rest("POST", path, { body: "A check of codex-review." });
      const { id } = await findDelivery(stage, ours(stage, "issue_comment", "created"));
      const { sender } = commentPayload.parse((await readDelivery(stage, id)).payload);
      assert.equal(sender.type, "Bot");
    },
  },
  {
    statement: "GitHub waits 10 s for an answer, never tries again by itself, and keeps the log for 3 days.",
    documented: `${docs}/webhooks/using-webhooks/best-practices-for-using-webhooks`,
    unchecked: "it takes days, or a server that is slow on purpose",
  },
];
