/** An answer of GitHub's that is no success; REST sends it as it is, GraphQL as an entry of `errors`. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly status: number;
  readonly errors: readonly unknown[];
  /** GraphQL's `type` where it is not what the status says. */
  readonly graphqlType: string | null;
  constructor(status: number, message: string, detail: { errors?: readonly unknown[]; graphqlType?: string } = {}) {
    super(message);
    this.status = status;
    this.errors = detail.errors ?? [];
    this.graphqlType = detail.graphqlType ?? null;
  }
}

export const notFound = (): GitHubError => new GitHubError(404, "Not Found");

export const notAccessible = (): GitHubError => new GitHubError(403, "Resource not accessible by integration");

/** The form that review routes use: `errors` are sentences. */
export const unprocessable = (sentence: string): GitHubError =>
  new GitHubError(422, "Unprocessable Entity", { errors: [sentence] });

/** The form that most routes use: `errors` name a field. */
export const invalid = (error: { resource: string; field: string; message: string }): GitHubError =>
  new GitHubError(422, "Validation Failed", { errors: [{ code: "custom", ...error }] });

/** What the simulator does not know, it says so: never a made-up success. */
export const notImitated = (what: string): GitHubError =>
  new GitHubError(501, `The simulator does not imitate ${what}.`);
