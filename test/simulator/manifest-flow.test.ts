import { createPrivateKey, createSign } from "node:crypto";
import { expect, it } from "vitest";
import { z } from "zod";
import { client, simulated } from "./simulated.ts";

const created = z.object({ id: z.int(), slug: z.string(), pem: z.string(), webhook_secret: z.string() });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

it("a manifest becomes an App with a key of its own, by a code that is good once", async () => {
  const { github, stop } = await simulated();
  const manifest = {
    name: "My Reviewer",
    redirect_url: "http://127.0.0.1:3000/setup/done",
    default_permissions: { checks: "write" },
  };
  const posted = await fetch(`${github.url}/settings/apps/new?state=xyz`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
  });
  const target = new URL(posted.headers.get("location") ?? "");
  expect(posted.status).toBe(302);
  expect(`${target.origin}${target.pathname} ${target.searchParams.get("state")}`).toBe(
    "http://127.0.0.1:3000/setup/done xyz",
  );

  const convert = `POST /app-manifests/${target.searchParams.get("code")}/conversions`;
  const answer = await client(github, null).send(convert);
  const app = created.parse(answer.body);
  expect([answer.status, app.slug]).toEqual([201, "my-reviewer"]);
  expect((await client(github, null).send(convert)).status).toBe(404);

  const now = Math.floor(Date.now() / 1000);
  const unsigned = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: app.id, iat: now, exp: now + 60 })}`;
  const signature = createSign("RSA-SHA256").update(unsigned).sign(createPrivateKey(app.pem), "base64url");
  expect(await client(github, `${unsigned}.${signature}`).send("GET /app")).toMatchObject({
    status: 200,
    body: { id: app.id, permissions: { checks: "write" } },
  });
  await stop();
});
