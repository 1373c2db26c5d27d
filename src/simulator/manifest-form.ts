import { z } from "zod";
import { GitHubError } from "./github-error.ts";
import type { Reply } from "./http/reply.ts";
import { newSecret } from "./world.ts";
import type { World } from "./world.ts";

const manifestSchema = z.looseObject({ redirect_url: z.url() });

/**
 * The page where GitHub takes an App's manifest; it sends the person on with a code, without asking. The code is good
 * once: https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function readManifestForm(world: World, form: { readonly body: Buffer; readonly state: string | null }): Reply {
  const text = new URLSearchParams(form.body.toString("utf8")).get("manifest") ?? "";
  const manifest = z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue("the manifest is no JSON");
        return z.NEVER;
      }
    })
    .pipe(manifestSchema)
    .safeParse(text);
  if (!manifest.success) throw new GitHubError(422, z.prettifyError(manifest.error));
  const code = newSecret("");
  world.state.manifests.set(code, manifest.data);
  const target = new URL(manifest.data.redirect_url);
  target.searchParams.set("code", code);
  if (form.state !== null) target.searchParams.set("state", form.state);
  return { status: 302, headers: { location: target.href } };
}
