import { createVerify } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../actions/accounts.ts";
import { permissionsByRole } from "../actions/installations.ts";
import { roleOf } from "../actions/repos.ts";
import { GitHubError, notAccessible, notFound } from "../github-error.ts";
import { satisfies } from "../permission.ts";
import type { Needs, Permissions } from "../permission.ts";
import type { InstallationToken, Repo, UserToken } from "../state.ts";
import type { World } from "../world.ts";

/** Who sends a request, by its Authorization header. */
export type Caller = { readonly kind: "anonymous" } | { readonly kind: "app" } | InstallationToken | UserToken;

/** The `iss` claim may be the App's id or its client id; both are one App here. */
const claimsSchema = z.object({
  iss: z.union([z.number(), z.string()]),
  iat: z.number(),
  exp: z.number(),
});

const maxLifetimeSeconds = 600;
const clockDriftSeconds = 60;

const badToken = (why: string): GitHubError => new GitHubError(401, why);

const decodePart = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

const isSigned = (world: World, parts: readonly [string, string, string]): boolean =>
  createVerify("RSA-SHA256")
    .update(`${parts[0]}.${parts[1]}`)
    .verify(world.state.app.publicKey, Buffer.from(parts[2], "base64url"));

/** RS256 by the App's key, `exp` at most ten minutes ahead: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function checkAppToken(world: World, parts: readonly [string, string, string]): void {
  if (!isSigned(world, parts)) throw badToken("A JSON web token could not be decoded");
  const claims = claimsSchema.safeParse(decodePart(parts[1]));
  if (!claims.success) throw badToken("Missing or malformed claims in the JSON web token");
  const { iss, iat, exp } = claims.data;
  const now = Math.floor(world.now().getTime() / 1000);
  if (String(iss) !== String(world.state.app.id)) throw badToken("Integration not found");
  if (exp <= now)
    throw badToken(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > now + maxLifetimeSeconds) throw badToken("'Expiration time' claim ('exp') is too far in the future");
  if (iat > now + clockDriftSeconds)
    throw badToken("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
}

const secretOf = (authorization: string): string => {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (scheme.toLowerCase() !== "basic") return value;
  return Buffer.from(value, "base64").toString("utf8").split(":").slice(1).join(":");
};

/** Reads the Authorization header (Bearer, token, or Basic with the token as password); throws 401 for a bad one. */
export function authenticate(world: World, authorization: string | undefined): Caller {
  if (authorization === undefined) return { kind: "anonymous" };
  const secret = secretOf(authorization);
  const [header, claims, signature] = secret.split(".");
  if (header !== undefined && claims !== undefined && signature !== undefined) {
    checkAppToken(world, [header, claims, signature]);
    return { kind: "app" };
  }
  const token = world.state.tokens.get(secret);
  if (token === undefined || isOver(world, token)) throw badToken("Bad credentials");
  return token;
}

const isOver = (world: World, token: InstallationToken | UserToken): boolean =>
  token.kind === "installation" && (token.expiresAt <= world.now() || token.installation.deleted);

/** What the caller may do on a repository; null where its very existence is hidden. */
export function permissionsOn(caller: Caller, repo: Repo): Permissions | null {
  const visible = repo.private ? null : {};
  if (caller.kind === "anonymous" || caller.kind === "app") return visible;
  if (caller.kind === "user") {
    const role = roleOf(repo, caller.user);
    return role === "none" ? null : permissionsByRole[role];
  }
  const covered = caller.installation.repos.has(repo) && (caller.repos === null || caller.repos.has(repo));
  return covered ? caller.permissions : visible;
}

/** 404 where the repository is hidden from the caller, 403 where the token lacks the permission. */
export function requirePermission(caller: Caller, repo: Repo, needs: Needs): void {
  if (caller.kind === "installation" && caller.installation.suspendedAt !== null) {
    throw new GitHubError(403, "This installation has been suspended");
  }
  const held = permissionsOn(caller, repo);
  if (held === null) throw notFound();
  if (caller.kind === "anonymous") throw new GitHubError(401, "Requires authentication");
  if (!satisfies(held, needs)) throw notAccessible();
}

/** The account that acts: the App's bot for an installation, the person for a personal token. */
export function actorOf(world: World, caller: Caller): Actor {
  if (caller.kind === "installation") return { account: world.state.app.bot, viaApp: true };
  if (caller.kind === "user") return { account: caller.user, viaApp: false };
  throw new GitHubError(401, "Requires authentication");
}
