import type { Caller } from "./http/caller.ts";
import { permissionsOn } from "./http/caller.ts";
import { findRepo } from "./actions/repos.ts";
import { text } from "./http/reply.ts";
import type { Reply } from "./http/reply.ts";
import { includesPermissions } from "./permission.ts";
import type { Repo } from "./state.ts";
import type { World } from "./world.ts";

const pathPattern = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

export interface GitRequest {
  readonly owner: string;
  readonly name: string;
  /** "info/refs" or a service. */
  readonly service: string;
}

export function matchGitPath(pathname: string): GitRequest | null {
  const [, owner, name, service] = pathPattern.exec(pathname) ?? [];
  return owner === undefined || name === undefined || service === undefined ? null : { owner, name, service };
}

export interface GitCall {
  readonly request: GitRequest;
  readonly method: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

// GitHub serves every reachable commit by its SHA, and partial clones.
const uploadPackConfig = {
  "uploadpack.allowAnySHA1InWant": "true",
  "uploadpack.allowFilter": "true",
  "safe.directory": "*",
};

const configEnvironment = (config: Readonly<Record<string, string>>): Record<string, string> => {
  const entries = Object.entries(config).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(Object.keys(config).length), ...Object.fromEntries(entries) };
};

const cgiEnvironment = (repo: Repo, { request, method, query, headers, body }: GitCall): Record<string, string> => ({
  ...configEnvironment(uploadPackConfig),
  GIT_PROJECT_ROOT: repo.gitDir,
  GIT_HTTP_EXPORT_ALL: "1",
  PATH_INFO: `/${request.service}`,
  REQUEST_METHOD: method,
  QUERY_STRING: query,
  CONTENT_TYPE: headers["content-type"] ?? "",
  CONTENT_LENGTH: String(body.length),
  HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
  GIT_PROTOCOL: headers["git-protocol"] ?? "",
});

const parseCgi = (output: Buffer): Reply => {
  const end = output.indexOf("\r\n\r\n");
  if (end === -1) throw new Error("git http-backend answered without headers");
  const lines = output.subarray(0, end).toString("latin1").split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const { status = "200", ...rest } = headers;
  return { status: Number.parseInt(status, 10), headers: rest, bytes: output.subarray(end + 4) };
};

const runBackend = (world: World, repo: Repo, call: GitCall): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const child = world.git.start(["http-backend"], cgiEnvironment(repo, call));
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.resume();
    child.on("error", reject);
    child.on("close", () => resolve(parseCgi(Buffer.concat(chunks))));
    // The backend may answer without reading its input to the end.
    child.stdin.on("error", () => child.stdin.destroy());
    child.stdin.end(call.body);
  });

const mayRead = (caller: Caller, repo: Repo): boolean => {
  const held = permissionsOn(caller, repo);
  if (held === null) return false;
  return !repo.private || includesPermissions(held, { contents: "read" });
};

const askForPassword: Reply = {
  status: 401,
  headers: { "www-authenticate": 'Basic realm="GitHub"', "content-type": "text/plain" },
  bytes: Buffer.from("Repository not found.\n"),
};

/** Git's smart HTTP protocol for clone and fetch; a private repository needs a token with `contents: read`. */
export async function serveGit(world: World, caller: Caller, call: GitCall): Promise<Reply> {
  const repo = findRepo(world, call.request.owner, call.request.name);
  const writes = call.request.service === "git-receive-pack" || call.query.includes("service=git-receive-pack");
  if (writes) return text(501, "text/plain", "The simulator does not imitate pushing over HTTP.\n");
  if (repo === null || !mayRead(caller, repo)) {
    return caller.kind === "anonymous" ? askForPassword : text(404, "text/plain", "Repository not found.\n");
  }
  return runBackend(world, repo, call);
}
