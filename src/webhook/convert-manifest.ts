import { z } from "zod";
import { OperationalError } from "../review/errors.ts";

const conversion = z
  .object({
    id: z.int().positive(),
    html_url: z.url({ protocol: /^https?$/ }),
    pem: z.string().min(1),
    webhook_secret: z.string().min(1),
  })
  .transform(({ id, pem, ...app }) => ({
    appId: id,
    privateKey: pem,
    webhookSecret: app.webhook_secret,
    pageUrl: app.html_url,
  }));

/** An App as GitHub hands it out: once, with everything that makes somebody this App. */
export type NewApp = z.infer<typeof conversion>;

const withinMs = 15_000;

/**
 * Trades the code of the manifest flow for the new App. Throws an OperationalError where GitHub does not answer or does
 * not know the code; a code is good once, and for an hour.
 */
export const convertManifest = async (apiUrl: string, code: string): Promise<NewApp> => {
  const url = `${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`;
  const headers = { accept: "application/vnd.github+json", "user-agent": "codex-review" };
  const response = await fetch(url, { method: "POST", headers, signal: AbortSignal.timeout(withinMs) }).catch(
    (error: unknown) => {
      throw new OperationalError("GitHub did not answer", { cause: error, retryable: false });
    },
  );
  if (response.status !== 201)
    throw new OperationalError(`GitHub did not take the code (${response.status})`, { retryable: false });
  const answer = conversion.safeParse(await response.json());
  if (answer.success) return answer.data;
  // The parse error would name values, and these are secrets.
  throw new OperationalError("GitHub's answer holds no App with a key and a secret", { retryable: false });
};
