/** Sends signed deliveries for a while, so many at a time, and reports how long each took. */
import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { z } from "zod";

const { url, secret, payload, senders, seconds } = z
  .object({ url: z.string(), secret: z.string(), payload: z.string(), senders: z.int(), seconds: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ""));

const agent = new Agent({ keepAlive: true, maxSockets: senders });

/** Every delivery is another pull request's, as the rows of one would be written one after the other. */
const sendOne = (number: number): Promise<number> => {
  const body = payload.replaceAll('"number":0', `"number":${number}`);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-event": "pull_request",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const started = performance.now();
  const sent = request(url, { method: "POST", headers, agent }, (response) => {
    response.resume();
    response.once("end", () => {
      if (response.statusCode === 202) resolve(performance.now() - started);
      else reject(new Error(`a delivery was answered with ${response.statusCode}`));
    });
  });
  sent.once("error", reject);
  sent.end(body);
  return promise;
};

let count = 0;
const send = async (until: number): Promise<readonly number[]> => {
  const taken: number[] = [];
  while (performance.now() < until) taken.push(await sendOne((count += 1)));
  return taken;
};
const sendAll = async (forSeconds: number): Promise<readonly number[]> => {
  const until = performance.now() + forSeconds * 1000;
  return (await Promise.all(Array.from({ length: senders }, () => send(until)))).flat();
};

await sendAll(1);
const started = performance.now();
const latencies = await sendAll(seconds);
process.send?.({ latencies, seconds: (performance.now() - started) / 1000 });
agent.destroy();
process.disconnect();
