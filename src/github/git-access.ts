import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";

/** Git takes an installation token as the password of the user x-access-token. */
export const gitAccess =
  ({ tokens }: Connection, gitUrl: string): CodeHost["gitAccess"] =>
  async (ref, signal) => {
    const token = await tokens.get(ref, "git", signal);
    const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
    const url = `${gitUrl.replace(/\/+$/, "")}/${ref.owner}/${ref.name}.git`;
    return { url, authorization: `Basic ${credentials}` };
  };
