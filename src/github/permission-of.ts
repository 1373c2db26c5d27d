import { z } from "zod";
import type { Permission } from "../core/pull-request.ts";
import { CodeHostError } from "../review/errors.ts";
import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import { repositoryParameters } from "./route-parameters.ts";

const answer = z.object({
  /** Knows only admin, write, read and none: a custom role shows as the next lower one. */
  permission: z.string(),
  user: z
    .object({
      permissions: z
        .object({
          admin: z.boolean(),
          maintain: z.boolean().default(false),
          push: z.boolean(),
          triage: z.boolean().default(false),
          pull: z.boolean(),
        })
        .optional(),
    })
    .nullable(),
});

export const permissionOf =
  (connection: Connection): CodeHost["permissionOf"] =>
  async (ref, login, signal) => {
    const parameters = { ...repositoryParameters(ref), username: login };
    try {
      const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
      const found = await connection.read(
        { ref, step: "read", answer, send: (request) => request(route, parameters) },
        signal,
      );
      return toPermission(found);
    } catch (error) {
      // Somebody who is no user (any more), or a repository that is gone: nothing is permitted.
      if (error instanceof CodeHostError && (error.status === 404 || error.accessGone)) return "none";
      throw error;
    }
  };

const toPermission = ({ permission, user }: z.infer<typeof answer>): Permission => {
  const held = user?.permissions;
  if (held === undefined) return z.enum(["admin", "write", "read", "none"]).parse(permission);
  if (held.admin) return "admin";
  if (held.maintain) return "maintain";
  if (held.push) return "write";
  if (held.triage) return "triage";
  return held.pull ? "read" : "none";
};
