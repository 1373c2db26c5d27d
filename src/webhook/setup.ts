import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { OperationalError } from "../review/errors.ts";
import { appManifest } from "./app-manifest.ts";
import type { NewApp } from "./convert-manifest.ts";
import { readBody } from "./read-body.ts";
import { webhookPath, type RequestHandler } from "./server.ts";
import { codePage, problemPage, registeredPage, registerPage } from "./setup-page.ts";

export interface SetupOptions {
  /** `https://github.com`, or an Enterprise Server. */
  readonly githubUrl: string;
  /** A smee channel; null where GitHub is to call this server itself. */
  readonly proxyUrl: string | null;
  /** Shown in the log; asked of everybody who does not sit at this machine. */
  readonly code: string;
  /** Makes what nobody can guess. */
  readonly newState: () => string;
  readonly convert: (code: string) => Promise<NewApp>;
  /** False where an App is kept already. */
  readonly save: (app: NewApp) => boolean;
}

interface Answer {
  readonly status: number;
  readonly html: string;
}

interface Setup extends SetupOptions {
  /** Handed out with a page, taken back once: a callback without one was not begun here. */
  readonly states: Set<string>;
}

/** The routes of setup mode: a page that registers the App with GitHub, and the address to which GitHub sends back. */
export const createSetup = (options: SetupOptions): Readonly<Record<string, RequestHandler>> => {
  const setup = { ...options, states: new Set<string>() };
  return {
    "/": async (request, response) => show(setup, response, await begin(setup, request)),
    "/setup/callback": async (request, response) => show(setup, response, await finish(setup, request)),
  };
};

const show = ({ githubUrl }: Setup, response: ServerResponse, { status, html }: Answer): void => {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${githubUrl}; frame-ancestors 'none'; base-uri 'none'`,
  });
  response.end(html);
};

const begin = async (setup: Setup, request: IncomingMessage): Promise<Answer> => {
  const form = await readForm(request);
  if (form === null) return { status: 405, html: problemPage("This page is read or posted to.") };
  const given = form.get("code");
  const isHere = sitsHere(request);
  if (!isHere && !isSame(given ?? "", setup.code))
    return { status: given === null ? 200 : 403, html: codePage(given !== null) };
  const owner = form.get("organization") ?? "";
  return registration(setup, { publicUrl: publicUrlOf(request), owner, asksOwner: isHere });
};

/** Null for a method that is none of these two. */
const readForm = async (request: IncomingMessage): Promise<URLSearchParams | null> => {
  if (request.method === "GET" || request.method === "HEAD") return new URLSearchParams();
  if (request.method !== "POST") return null;
  const body = await readBody(request, { maxBytes: 4096, withinMs: 5_000 });
  return "refused" in body ? new URLSearchParams() : new URLSearchParams(body.bytes.toString("utf8"));
};

interface Registration {
  readonly publicUrl: string;
  /** The organization that is to own the App; empty for whoever registers it. */
  readonly owner: string;
  readonly asksOwner: boolean;
}

const registration = (setup: Setup, { publicUrl, owner, asksOwner }: Registration): Answer => {
  if (!/^[A-Za-z\d-]{0,39}$/.test(owner)) return { status: 400, html: problemPage("No organization has this name.") };
  const state = setup.newState();
  setup.states.add(state);
  const settings = owner === "" ? "settings" : `organizations/${owner}/settings`;
  const isReachable = setup.proxyUrl !== null || !isLoopback(new URL(publicUrl).hostname);
  const webhookUrl = setup.proxyUrl ?? `${publicUrl}${webhookPath}`;
  const manifest = { publicUrl, webhookUrl, isReachable };
  const html = registerPage({
    action: `${setup.githubUrl}/${settings}/apps/new?state=${encodeURIComponent(state)}`,
    full: appManifest({ ...manifest, contents: "write" }),
    readOnly: appManifest({ ...manifest, contents: "read" }),
    webhookUrl,
    isReachable,
    asksOwner,
  });
  return { status: 200, html };
};

const finish = async (setup: Setup, request: IncomingMessage): Promise<Answer> => {
  const query = new URLSearchParams(request.url?.split("?")[1] ?? "");
  const code = query.get("code");
  if (!setup.states.delete(query.get("state") ?? ""))
    return { status: 403, html: problemPage("This registration was not begun here, or was finished before.") };
  if (code === null || code === "") return { status: 400, html: problemPage("GitHub sent no code.") };
  try {
    const app = await setup.convert(code);
    if (setup.save(app)) return { status: 200, html: registeredPage(app.pageUrl) };
    return { status: 409, html: problemPage("An App is kept here already; it is not replaced. Restart the server.") };
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return { status: 502, html: problemPage(`${error.message}.`) };
  }
};

/**
 * Whether the request comes from this machine itself. A proxy on it speaks for others, so the host that was asked for
 * counts as well; that also keeps out a foreign page whose name was made to resolve to this machine.
 */
const sitsHere = (request: IncomingMessage): boolean =>
  isLoopback(request.socket.remoteAddress ?? "") &&
  isLoopback(hostOf(request)) &&
  request.headers["x-forwarded-for"] === undefined &&
  request.headers.forwarded === undefined;

const isLoopback = (host: string): boolean =>
  /^(?:localhost|(?:::ffff:)?127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host.toLowerCase());

const hostOf = (request: IncomingMessage): string => (request.headers.host ?? "").replace(/:\d+$/, "");

const publicUrlOf = (request: IncomingMessage): string => {
  const { host } = request.headers;
  const scheme = request.headers["x-forwarded-proto"] === "https" ? "https" : "http";
  const url = `${scheme}://${host ?? "localhost"}`;
  return URL.canParse(url) ? new URL(url).origin : "http://localhost";
};

/** Takes as long for any wrong code, whatever its length. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
