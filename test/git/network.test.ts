import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChangeSource } from "../../src/review/ports.ts";
import type { GitWorld } from "./git-world.ts";
import { createGitWorld, temporaryFolder } from "./git-world.ts";
import type { GitHttpServer, HttpOptions } from "./http-server.ts";
import { serveHttp } from "./http-server.ts";
import { sourceOf, testMirrors } from "./open-world.ts";

const never = new AbortController().signal;
const secret = "dG9rZW46Z2hzX3NlY3JldF9zZWNyZXQ=";

let world: GitWorld;
let dir: string;
let source: ChangeSource;
let server: GitHttpServer | null = null;

beforeEach(() => {
  world = createGitWorld();
  dir = temporaryFolder("network");
  const base = world.commit({ "a.txt": "one\n" }, { subject: "base" });
  const head = world.commit({ "a.txt": "two\n" }, { subject: "head", parents: [base] });
  world.setRef("refs/heads/main", base);
  world.setRef("refs/pull/1/head", head);
  world.git(["update-ref", "-d", "refs/scratch/last"]);
  source = sourceOf({ headSha: head, baseSha: base });
});
afterEach(async () => {
  await server?.close();
  server = null;
  world.remove();
  rmSync(dir, { recursive: true, force: true });
});

const openHttp = async (options: HttpOptions = {}, signal = never) => {
  server = await serveHttp(world.dir, options);
  const access = { url: server.url, authorization: `Basic ${secret}` };
  return testMirrors(dir, { protocols: ["http"] }).open(source, access, signal);
};

/** A line of git's protocol, with its length in front. */
const line = (text: string): string => `${(text.length + 4).toString(16).padStart(4, "0")}${text}`;

const echo: HttpOptions["before"] = (request, response) => {
  response.writeHead(200, { "content-type": "application/x-git-upload-pack-advertisement" });
  response.end(`${line("# service=git-upload-pack\n")}0000${line(`ERR no: ${request.headers.authorization}`)}`);
  return true;
};

describe("fetching over HTTP", () => {
  it("sends the token with every request, and leaves it nowhere on disk", async () => {
    const trees = await openHttp();
    await trees.close();
    const sent = server?.requests.map((request) => request.headers.authorization) ?? [];
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(new Set(sent)).toEqual(new Set([`Basic ${secret}`]));
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const leaks = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(secret));
    expect(files.length).toBeGreaterThan(5);
    expect(leaks).toEqual([]);
  });

  it("asks for references where the server refuses a commit by its id", async () => {
    const tip = world.commit({ "a.txt": "tip\n" }, { subject: "tip", parents: [source.baseSha] });
    world.setRef("refs/heads/main", tip);
    world.git(["update-ref", "-d", "refs/scratch/last"]);
    const trees = await openHttp();
    expect(trees.diff).toMatchObject({ mergeBase: source.baseSha, head: source.headSha });
    await trees.close();
  });

  it.each([
    [401, "refused", false],
    [403, "refused", false],
    [404, "refused", false],
    [429, "unreachable", true],
    [500, "unreachable", true],
    [503, "unreachable", true],
  ])("calls HTTP %i %s (retryable: %s)", async (status, kind, retryable) => {
    const answer: HttpOptions["before"] = (_, response) => {
      response.writeHead(status).end();
      return true;
    };
    await expect(openHttp({ before: answer })).rejects.toMatchObject({ kind, retryable });
  });

  it("calls a server that is not there unreachable", async () => {
    const gone = await serveHttp(world.dir);
    await gone.close();
    const opening = testMirrors(dir, { protocols: ["http"] }).open(
      source,
      { url: gone.url, authorization: null },
      never,
    );
    await expect(opening).rejects.toMatchObject({ kind: "unreachable", retryable: true });
  });

  it("follows no redirect, so that no other server sees the token", async () => {
    const other = await serveHttp(world.dir);
    const redirect: HttpOptions["before"] = (request, response) => {
      response.writeHead(301, { location: `${new URL(other.url).origin}${request.url}` }).end();
      return true;
    };
    await expect(openHttp({ before: redirect })).rejects.toMatchObject({ name: "GitError" });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it("says nothing of the token when the server echoes it", async () => {
    const error: unknown = await openHttp({ before: echo }).catch((thrown: unknown) => thrown);
    expect(String(error)).toBe("GitError: git fetch: remote error: no: Basic ***");
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret);
  });

  it("stops at once when it is aborted, with everything that git had started", async () => {
    const controller = new AbortController();
    const reason = new Error("superseded");
    const hanging = Promise.withResolvers<void>();
    const hang: HttpOptions["before"] = (request) => {
      request.socket.once("close", () => hanging.resolve());
      controller.abort(reason);
      return true;
    };
    await expect(openHttp({ before: hang }, controller.signal)).rejects.toBe(reason);
    await hanging.promise;
  });

  it("fetches again after a transfer that broke off", async () => {
    let broken = false;
    const breakOnce: HttpOptions["before"] = (request, response) => {
      if (broken || request.method !== "POST") return false;
      broken = true;
      response.writeHead(200, { "content-type": "application/x-git-upload-pack-result" });
      response.write("0008NAK\nPACK");
      request.socket.destroySoon();
      return true;
    };
    const mirrors = testMirrors(dir, { protocols: ["http"] });
    server = await serveHttp(world.dir, { before: breakOnce });
    const access = { url: server.url, authorization: null };
    await expect(mirrors.open(source, access, never)).rejects.toMatchObject({ retryable: true });
    const trees = await mirrors.open(source, access, never);
    expect(trees.diff.files).toHaveLength(1);
    await trees.close();
  });
});
