import { z } from "zod";
import { benchApp, startApp } from "./app-under-test.ts";
import { startChild } from "./child.ts";
import type { Row } from "./show-table.ts";
import { openStage } from "./stage.ts";
import { median, quantile, rounded } from "./statistics.ts";
import { storeKinds, type StoreKind } from "./store-places.ts";

const senders = 16;
const seconds = 4;
const runs = 3;
const targets = { PGlite: 150, PostgreSQL: 300 };

const measured = z.object({ latencies: z.array(z.number()), seconds: z.number() });

/** Signature, deduplication and a durable commit for each delivery, from a sender in a process of its own. */
export const benchIntake = async (): Promise<readonly Row[]> => {
  const payload = await realPayload();
  const rows: Row[] = [];
  for (const kind of await storeKinds()) rows.push(await benchStore(kind, payload));
  return rows;
};

const benchStore = async (kind: StoreKind, payload: string): Promise<Row> => {
  const place = await kind.place();
  const app = await startApp({ place, githubUrl: "http://127.0.0.1:9", role: "web", analyzers: false, findings: 0 });
  const taken: z.infer<typeof measured>[] = [];
  for (let run = 0; run < runs; run += 1) {
    const input = { url: app.webhookUrl, secret: benchApp.webhookSecret, payload, senders, seconds };
    const sender = startChild("sender-process.ts", input);
    taken.push(measured.parse(await sender.next()));
    await sender.ended;
  }
  await app.stop();
  await place.remove();
  const perRun = (read: (run: z.infer<typeof measured>) => number): number => median(taken.map(read));
  return {
    store: kind.name,
    "deliveries/s": rounded(perRun(({ latencies, seconds: took }) => latencies.length / took)),
    "target/s": targets[kind.name],
    "p50 ms": rounded(
      perRun(({ latencies }) => quantile(latencies, 0.5)),
      1,
    ),
    "p99 ms": rounded(
      perRun(({ latencies }) => quantile(latencies, 0.99)),
      1,
    ),
  };
};

/** A `pull_request` delivery as the simulator makes it, with room for a number. */
const realPayload = async (): Promise<string> => {
  const stage = await openStage({ files: 1, steps: 25 });
  const pull = await stage.openDraft(1);
  // Only what GitHub tries to send stands in its log; nobody listens there.
  stage.github.setWebhookUrl("http://127.0.0.1:9");
  stage.github.markReady(pull);
  await stage.github.settled();
  const delivery = stage.github.deliveries().find(({ action }) => action === "ready_for_review");
  await stage.close();
  if (delivery === undefined) throw new Error("no delivery was made");
  return delivery.body.replaceAll(`"number":${pull.number}`, '"number":0');
};
