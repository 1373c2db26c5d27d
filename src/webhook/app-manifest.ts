/** What the App asks for; app.yml says why for each. */
export const appPermissions = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  merge_queues: "read",
} as const;

/** `installation` and `installation_repositories` come to every App unasked. */
export const appEvents = [
  "pull_request",
  "issue_comment",
  "pull_request_review",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
  "merge_group",
] as const;

export interface ManifestInput {
  /** Where a browser and GitHub reach this server, without a slash at its end. */
  readonly publicUrl: string;
  readonly webhookUrl: string;
  /** GitHub refuses to call an address that it cannot reach; its hook is made inactive. */
  readonly isReachable: boolean;
  readonly contents: "read" | "write";
}

/** The manifest that GitHub makes an App of: https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export const appManifest = (input: ManifestInput): Readonly<Record<string, unknown>> => ({
  name: "codex-review",
  description: "Reviews pull requests.",
  url: input.publicUrl,
  redirect_url: `${input.publicUrl}/setup/callback`,
  hook_attributes: { url: input.webhookUrl, active: input.isReachable },
  public: false,
  default_permissions: { ...appPermissions, contents: input.contents },
  default_events: appEvents,
});
