import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { createToken } from "../actions/installations.ts";
import { createAppIdentity } from "../app-identity.ts";
import { GitHubError, notFound } from "../github-error.ts";
import { json } from "../http/reply.ts";
import { appJson, installationJson } from "../json/app-json.ts";
import { deliveryItemJson, deliveryJson } from "../json/delivery-json.ts";
import { repoJson } from "../json/repo-json.ts";
import { fullName } from "../json/urls.ts";
import type { Installation } from "../state.ts";
import type { DeliveryRecord } from "../webhooks/delivery-record.ts";
import { newSecret, timestamp } from "../world.ts";
import { appRoute, numberParam, page, parseBody } from "./route.ts";
import type { RestCall, Route } from "./route.ts";

const tokenBody = z.strictObject({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.int()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
});

const liveInstallations = (call: RestCall): readonly Installation[] =>
  call.world.state.installations.filter((installation) => !installation.deleted);

const requireInstallation = (call: RestCall): Installation => {
  const id = numberParam(call, "installation_id");
  const installation = liveInstallations(call).find((one) => one.id === id);
  if (installation === undefined) throw notFound();
  return installation;
};

const makeToken = (call: RestCall) => {
  const token = createToken(call.world, requireInstallation(call), parseBody(call, tokenBody));
  return json(201, {
    token: token.value,
    expires_at: timestamp(token.expiresAt),
    permissions: token.permissions,
    repository_selection: "selected",
    ...(token.repos === null ? {} : { repositories: [...token.repos].map((repo) => repoJson(call.world, repo)) }),
  });
};

const repoInstallation = (call: RestCall) => {
  const wanted = `${call.param("owner")}/${call.param("repo")}`.toLowerCase();
  const found = liveInstallations(call).find((installation) =>
    [...installation.repos].some((repo) => !repo.deleted && fullName(repo).toLowerCase() === wanted),
  );
  if (found === undefined) throw notFound();
  return json(200, installationJson(call.world, found));
};

const requireDelivery = (call: RestCall): DeliveryRecord => {
  const id = numberParam(call, "delivery_id");
  const delivery = call.world.state.deliveries.find((one) => one.id === id);
  if (delivery === undefined) throw notFound();
  return delivery;
};

const logDays = 3;

/** Newest first, three days back, by an opaque cursor in the Link header. */
const listDeliveries = (call: RestCall) => {
  const size = Math.min(100, Math.max(1, Number(call.query.get("per_page") ?? 30) || 30));
  const cursor = call.query.get("cursor");
  const wanted = call.query.get("status");
  const before = cursor === null ? Infinity : Number(cursor.replace(/^v1_/, ""));
  const oldest = timestamp(new Date(call.world.now().getTime() - logDays * 24 * 60 * 60 * 1000));
  const kept = call.world.state.deliveries
    .filter((delivery) => delivery.id < before && delivery.deliveredAt >= oldest)
    .filter((delivery) => wanted === null || (delivery.status === "OK") === (wanted === "success"))
    .toSorted((one, other) => other.id - one.id);
  const shown = kept.slice(0, size);
  const last = shown.at(-1);
  const next = new URL(call.url);
  if (last !== undefined) next.searchParams.set("cursor", `v1_${last.id}`);
  return json(200, shown.map(deliveryItemJson), kept.length > size ? { link: `<${next.href}>; rel="next"` } : {});
};

const redeliver = (call: RestCall) => {
  call.deliverer.redeliver(requireDelivery(call));
  return json(202, {});
};

const hookConfig = (call: RestCall) =>
  json(200, {
    ...(call.world.state.webhookUrl === null ? {} : { url: call.world.state.webhookUrl }),
    content_type: "json",
    insecure_ssl: "0",
    secret: "********",
  });

const manifestSchema = z.object({
  name: z.string().optional(),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
  default_events: z.array(z.string()).optional(),
  hook_attributes: z.object({ url: z.string() }).optional(),
});

/** The last step of the manifest flow: the code, once, for the App with its credentials. */
const convertManifest = (call: RestCall) => {
  const { state } = call.world;
  const code = call.param("code");
  const posted = state.manifests.get(code);
  if (posted === undefined) throw notFound();
  const manifest = manifestSchema.safeParse(posted);
  if (!manifest.success) throw new GitHubError(422, z.prettifyError(manifest.error));
  state.manifests.delete(code);
  const { name, default_permissions: permissions, default_events: events, hook_attributes: hook } = manifest.data;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const webhookSecret = newSecret("");
  const slug = (name ?? "codex-review").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const input = { id: call.world.nextId(), slug, name, publicKey, webhookSecret, permissions, events };
  state.app = createAppIdentity(input, { nextId: call.world.nextId, now: call.world.now });
  state.webhookUrl = hook?.url ?? state.webhookUrl;
  const credentials = { client_secret: newSecret(""), webhook_secret: webhookSecret };
  return json(201, {
    ...appJson(call.world),
    ...credentials,
    pem: privateKey.export({ type: "pkcs1", format: "pem" }),
  });
};

export const appRoutes: readonly Route[] = [
  appRoute("GET", "/app", (call) =>
    json(200, { ...appJson(call.world), installations_count: liveInstallations(call).length }),
  ),
  appRoute("GET", "/app/installations", (call) => {
    const { items, headers } = page(call, liveInstallations(call));
    return json(
      200,
      items.map((one) => installationJson(call.world, one)),
      headers,
    );
  }),
  appRoute("GET", "/app/installations/{installation_id}", (call) =>
    json(200, installationJson(call.world, requireInstallation(call))),
  ),
  appRoute("POST", "/app/installations/{installation_id}/access_tokens", makeToken),
  appRoute("GET", "/app/hook/config", hookConfig),
  { ...appRoute("GET", "/app/hook/deliveries", listDeliveries), query: ["cursor", "status"] },
  appRoute("GET", "/app/hook/deliveries/{delivery_id}", (call) => json(200, deliveryJson(requireDelivery(call)))),
  appRoute("POST", "/app/hook/deliveries/{delivery_id}/attempts", redeliver),
  appRoute("GET", "/repos/{owner}/{repo}/installation", repoInstallation),
  { method: "POST", template: "/app-manifests/{code}/conversions", handle: convertManifest },
];
