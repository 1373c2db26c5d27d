import { createSign, generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Simulator, SimulatorOptions } from "../../src/simulator/simulator.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const appId = 4711;
export const webhookSecret = "it is a secret";

/** A simulator with its App, in a folder of its own that `stop` removes. */
export async function simulated(options: Partial<SimulatorOptions> = {}) {
  const dir = await mkdtemp(join(tmpdir(), "simulator-"));
  const app = { id: appId, slug: "codex-review", webhookSecret, publicKey: keys.publicKey };
  const github = await startSimulator({ dir, app, ...options });
  const stop = async (): Promise<void> => {
    await github.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { github, dir, stop };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The App's JSON web token; claims can be bent for a test. */
export function appToken(claims: { readonly iss?: number; readonly exp?: number; readonly iat?: number } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const unsigned = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: appId, iat: now - 30, exp: now + 300, ...claims })}`;
  return `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(keys.privateKey, "base64url")}`;
}

/** Requests with one credential. `send` takes "POST /repos/…" and answers status, headers and body. */
export function client(github: Simulator, token: string | null) {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const request = async (method: string, url: string, init: { body?: unknown; accept?: string } = {}) => {
    const response = await fetch(url, {
      method,
      headers: { ...headers, accept: init.accept ?? "application/json" },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    const body: unknown = isJson && text !== "" ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body };
  };
  return {
    send: (route: string, body?: unknown, accept?: string) => {
      const [method = "", path = ""] = route.split(" ");
      return request(method, github.apiUrl + path, {
        ...(body === undefined ? {} : { body }),
        ...(accept === undefined ? {} : { accept }),
      });
    },
    graphql: (query: string, variables: Record<string, unknown> = {}) =>
      request("POST", `${github.url}/api/graphql`, { body: { query, variables } }),
  };
}

const identified = z.looseObject({ id: z.int(), node_id: z.string().default("") });

/** The ids of an answered entity. */
export const idsOf = (answer: { readonly body: unknown }) => identified.parse(answer.body);

export const base = {
  "src/pay.ts": Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n") + "\n",
  "README.md": "# Shop\n",
};

export const changed = base["src/pay.ts"]
  .replace("line 10\n", "line ten\nline ten and a half\n")
  .replace("line 30\n", "");

/** `acme/shop` with a pull request from `feature` that changes line 10, adds one after it, and removes line 30. */
export async function withPullRequest(
  github: Simulator,
  options: { readonly draft?: boolean; readonly private?: boolean } = {},
) {
  const repository = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: base,
    private: options.private ?? false,
  });
  github.setPermission("acme/shop", "alice", "write");
  await github.push("acme/shop", "feature", {
    files: { "src/pay.ts": changed },
    message: "Change pay",
    login: "alice",
  });
  const pull = await github.openPullRequest({
    repo: "acme/shop",
    head: "feature",
    title: "Change pay",
    author: "alice",
    draft: options.draft ?? false,
  });
  return { repository, pull, app: client(github, github.createInstallationToken("acme")) };
}
