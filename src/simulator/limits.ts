/** Numbers that the simulator holds callers to; tests make them small. */
export interface Limits {
  /** Files and lines above which the diff media type answers 406. */
  readonly diffFiles: number;
  readonly diffLines: number;
  /** One file's diff above these takes no comments and loses its `patch`. */
  readonly fileDiffLines: number;
  readonly fileDiffBytes: number;
  /** `GET …/files` lists no more than this. */
  readonly listedFiles: number;
  readonly bodyCharacters: number;
  readonly annotationsPerRequest: number;
  readonly checkOutputBytes: number;
  readonly restPerHour: number;
  readonly graphqlPerHour: number;
  readonly webhookTimeoutMs: number;
  readonly tokenLifetimeMs: number;
}

/**
 * GitHub's own numbers.
 * Diffs: https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits
 * Files of a pull request: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
 * Check runs: https://docs.github.com/en/rest/checks/runs
 * Rates: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * Webhooks: https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
 */
export const githubLimits: Limits = {
  diffFiles: 300,
  diffLines: 20_000,
  fileDiffLines: 20_000,
  fileDiffBytes: 500_000,
  listedFiles: 3_000,
  bodyCharacters: 65_536,
  annotationsPerRequest: 50,
  checkOutputBytes: 65_535,
  restPerHour: 5_000,
  graphqlPerHour: 5_000,
  webhookTimeoutMs: 10_000,
  tokenLifetimeMs: 60 * 60 * 1000,
};
