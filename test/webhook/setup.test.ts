import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { appFilePath, writeAppFile } from "../../src/config/app-file.ts";
import { readEnvironment } from "../../src/config/env.ts";
import { appManifest } from "../../src/webhook/app-manifest.ts";
import { convertManifest } from "../../src/webhook/convert-manifest.ts";
import { startServer, type RunningServer } from "../../src/webhook/server.ts";
import { createSetup } from "../../src/webhook/setup.ts";
import { escapeHtml } from "../../src/webhook/setup-page.ts";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { simulated } from "../simulator/simulated.ts";

const code = "the code from the log";
let dir = "";
let server: RunningServer;
let github: Simulator;
let stopSimulator: () => Promise<void>;
const failures: unknown[] = [];

const start = async (over: { readonly proxyUrl?: string } = {}): Promise<RunningServer> => {
  let states = 0;
  const routes = createSetup({
    githubUrl: github.url,
    proxyUrl: over.proxyUrl ?? null,
    code,
    newState: () => `state-${++states}`,
    convert: (given) => convertManifest(github.apiUrl, given),
    save: (app) => writeAppFile(dir, app),
  });
  return startServer({ routes, onFailure: (error) => failures.push(error) }, { host: "127.0.0.1", port: 0 });
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "setup-"));
  ({ github, stop: stopSimulator } = await simulated());
  server = await start();
});
afterEach(async () => {
  await server.close();
  await stopSimulator();
  rmSync(dir, { recursive: true });
  if (failures.length > 0) throw new AggregateError(failures.splice(0), "the server failed");
});

interface Page {
  readonly status: number;
  readonly html: string;
}

const read = async (path: string, init: RequestInit = {}): Promise<Page> => {
  const response = await fetch(`${server.url}${path}`, init);
  return { status: response.status, html: await response.text() };
};

/** As somebody from outside: `fetch` does not let go of the Host header. */
const readFrom = (headers: Readonly<Record<string, string>>, body: string | null): Promise<Page> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest(`${server.url}/`, { method: body === null ? "GET" : "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, html: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });

const unescapeHtml = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const formsIn = ({ html }: Page): readonly { readonly action: string; readonly manifest: unknown }[] =>
  [...html.matchAll(/action="([^"]*)">\s*<input type="hidden" name="manifest" value="([^"]*)"/g)].map(
    ([, action = "", manifest = ""]) => ({
      action: unescapeHtml(action),
      manifest: JSON.parse(unescapeHtml(manifest)),
    }),
  );

/** Presses one of the two buttons; answers with the address to which GitHub sends the browser back. */
const press = async (page: Page, button: number): Promise<string> => {
  const form = formsIn(page)[button];
  const body = new URLSearchParams({ manifest: JSON.stringify(form?.manifest) });
  const answer = await fetch(form?.action ?? "", { method: "POST", body, redirect: "manual" });
  const target = new URL(answer.headers.get("location") ?? "");
  expect(`${target.origin}${target.pathname}`).toBe(`${server.url}/setup/callback`);
  return `${target.pathname}${target.search}`;
};

describe("registering the App", () => {
  it("keeps what GitHub hands out, shows none of it, and the next start reads it", async () => {
    const done = await read(await press(await read("/"), 0));
    expect(done.status).toBe(200);
    expect(done.html).toContain("Restart the server");
    const { app } = readEnvironment({ DATA_DIR: dir });
    expect(app?.appId).toBeGreaterThan(0);
    expect(done.html).not.toContain(app?.webhookSecret);
    expect(done.html).not.toMatch(/PRIVATE KEY|MII/);
  });

  it("asks for everything with the first button, for read-only contents with the second", async () => {
    const [full, readOnly] = formsIn(await read("/"));
    expect(full?.manifest).toMatchObject({ default_permissions: { contents: "write", pull_requests: "write" } });
    expect(readOnly?.manifest).toMatchObject({ default_permissions: { contents: "read", pull_requests: "write" } });
  });

  it("never replaces an App", async () => {
    const back = await press(await read("/"), 0);
    writeAppFile(dir, { appId: 1, privateKey: "k", webhookSecret: "s" });
    const before = readFileSync(appFilePath(dir), "utf8");
    expect((await read(back)).status).toBe(409);
    expect(readFileSync(appFilePath(dir), "utf8")).toBe(before);
  });

  it("is for the organization that was entered", async () => {
    const page = await read("/", { method: "POST", body: new URLSearchParams({ organization: "acme" }) });
    expect(formsIn(page)[0]?.action).toBe(`${github.url}/organizations/acme/settings/apps/new?state=state-1`);
    const hostile = { method: "POST", body: new URLSearchParams({ organization: 'x"><script>' }) };
    expect(await read("/", hostile)).toMatchObject({ status: 400 });
  });
});

describe("a callback", () => {
  it.each(["/setup/callback", "/setup/callback?code=abc", "/setup/callback?code=abc&state=guessed"])(
    "that was not begun here is refused: %s",
    async (path) => {
      await read("/");
      expect((await read(path)).status).toBe(403);
      expect(github.requests).toEqual([]);
      expect(readdirSync(dir)).toEqual([]);
    },
  );

  it("counts once", async () => {
    const back = await press(await read("/"), 0);
    await read(back);
    expect((await read(back)).status).toBe(403);
  });

  it("with a code that GitHub does not know keeps nothing and says so", async () => {
    await read("/");
    const page = await read("/setup/callback?code=unknown&state=state-1");
    expect(page.status).toBe(502);
    expect(page.html).toContain("GitHub did not take the code (404)");
    expect(readdirSync(dir)).toEqual([]);
  });

  it("without a code is refused", async () => {
    await read("/");
    expect((await read("/setup/callback?state=state-1")).status).toBe(400);
  });
});

describe("somebody from outside", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["through a proxy that keeps the host", { host: "review.example.com" }],
    ["through a proxy that does not", { "x-forwarded-for": "203.0.113.9" }],
    ["with a name that resolves to this machine", { host: "127.0.0.1.evil.example" }],
  ])("%s is asked for the code, and gets no further without it", async (_how, headers) => {
    const asked = await readFrom(headers, null);
    expect(asked.html).toContain('name="code"');
    expect(asked.html).not.toContain("state-");
    const refused = await readFrom(headers, "code=guessed&organization=acme");
    expect([refused.status, formsIn(refused)]).toEqual([403, []]);
  });

  it("who knows the code registers with the address that was asked for", async () => {
    const headers = { host: "review.example.com", "x-forwarded-proto": "https" };
    const body = new URLSearchParams({ code, organization: "acme" }).toString();
    const [form] = formsIn(await readFrom(headers, body));
    expect(form?.action).toContain("/organizations/acme/settings/apps/new?state=");
    expect(form?.manifest).toMatchObject({
      redirect_url: "https://review.example.com/setup/callback",
      hook_attributes: { url: "https://review.example.com/api/github/webhooks", active: true },
    });
  });
});

describe("the webhook's address", () => {
  it("is switched off where GitHub cannot reach it", async () => {
    const page = await read("/");
    expect(formsIn(page)[0]?.manifest).toMatchObject({ hook_attributes: { active: false } });
    expect(page.html).toContain("WEBHOOK_PROXY_URL");
  });

  it("is the proxy's where one is set", async () => {
    await server.close();
    server = await start({ proxyUrl: "https://smee.example/abc" });
    const hook = { url: "https://smee.example/abc", active: true };
    expect(formsIn(await read("/"))[0]?.manifest).toMatchObject({ hook_attributes: hook });
  });
});

it("a page holds no script and may not be framed", async () => {
  const response = await fetch(server.url);
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await response.text()).not.toContain("<script");
});

it("escapes what would be HTML", () => {
  expect(escapeHtml(`<a href="x">'&`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
});

describe("app.yml", () => {
  const text = readFileSync("app.yml", "utf8");
  const asked = z.object({ default_permissions: z.unknown(), default_events: z.unknown() });

  it("asks for the same as the manifest", () => {
    const manifest = appManifest({
      publicUrl: "https://review.example.com",
      webhookUrl: "https://review.example.com/hook",
      isReachable: true,
      contents: "write",
    });
    expect(asked.parse(parse(text))).toEqual(asked.parse(manifest));
  });

  it("gives a reason for each permission and event", () => {
    const lines = text.slice(text.indexOf("default_permissions:")).split("\n");
    const items = lines.filter((line) => /^ {2}(?:- )?[a-z_]+/.test(line));
    expect(items).toHaveLength(13);
    expect(items.filter((line) => !line.includes("#"))).toEqual(["  contents: write"]);
  });
});
