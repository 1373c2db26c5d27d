/** A GitHub App's permissions: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
type Level = "read" | "write";
export type Permissions = Readonly<Record<string, Level>>;

/** Any one of these sets is enough; GitHub lets most conversation routes be reached through `issues` or `pull_requests`. */
export type Needs = readonly Permissions[];

/** What the app's manifest asks for where nothing else is said. */
export const fullPermissions: Permissions = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  merge_queues: "read",
};

const covers = (held: Level | undefined, wanted: Level): boolean => held === "write" || held === wanted;

/** Whether `held` is at least everything in `wanted`; metadata is implied, as on GitHub. */
export const includesPermissions = (held: Permissions, wanted: Permissions): boolean =>
  Object.entries(wanted).every(([name, level]) =>
    name === "metadata" && level === "read" ? true : covers(held[name], level),
  );

export const satisfies = (held: Permissions, needs: Needs): boolean =>
  needs.some((wanted) => includesPermissions(held, wanted));

export const metadata: Needs = [{ metadata: "read" }];
export const readContents: Needs = [{ contents: "read" }];
export const writeContents: Needs = [{ contents: "write" }];
export const readPulls: Needs = [{ pull_requests: "read" }];
export const writePulls: Needs = [{ pull_requests: "write" }];
export const readConversation: Needs = [{ issues: "read" }, { pull_requests: "read" }];
export const writeConversation: Needs = [{ issues: "write" }, { pull_requests: "write" }];
export const readChecks: Needs = [{ checks: "read" }];
export const writeChecks: Needs = [{ checks: "write" }];
/** GitHub refuses `resolveReviewThread` to an app that may not write contents. */
export const resolveThreads: Needs = [{ contents: "write", pull_requests: "write" }];
