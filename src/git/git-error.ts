import { OperationalError } from "../review/errors.ts";

/** What went wrong with git, as far as it matters to whoever tries again. */
export type GitErrorKind =
  | "program"
  | "refused"
  | "missing_commit"
  | "unadvertised"
  | "unreachable"
  | "no_merge_base"
  | "corrupt"
  | "busy"
  | "timeout"
  | "killed"
  | "disk"
  | "too_large"
  | "failed";

/** Trying these again changes nothing; everything else may pass with time or with a rebuilt mirror. */
const finalKinds: ReadonlySet<GitErrorKind> = new Set(["program", "refused", "no_merge_base", "too_large"]);

/** A failure of the git program or of what it works on. Its message holds git's own first complaint and no secret. */
export class GitError extends OperationalError {
  override readonly name = "GitError";
  readonly kind: GitErrorKind;
  constructor(kind: GitErrorKind, message: string, cause?: unknown) {
    super(message, { cause, retryable: !finalKinds.has(kind) });
    this.kind = kind;
  }
}

/** Signals that come from outside; others, such as SIGBUS, come from what git stumbled on. */
const outsideSignals: ReadonlySet<NodeJS.Signals> = new Set(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"]);

/** A git process that was ended by somebody else; null where it was not. */
export const killedError = (command: string, signal: NodeJS.Signals | null): GitError | null =>
  signal !== null && outsideSignals.has(signal)
    ? new GitError("killed", `git ${command} was ended by ${signal}`)
    : null;

/** Does work on files and translates what the file system throws; everything else stays what it is. */
export const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const isSystem = error instanceof Error && "code" in error && /^(E[A-Z]|ERR_SQLITE)/.test(String(error.code));
    throw isSystem ? new GitError("disk", `files for git cannot be kept: ${error.message}`, error) : error;
  }
};

/**
 * git exits with 128 for nearly everything, so a cause can only be read from its words, which LC_ALL=C holds still.
 * The first pattern that fits decides.
 */
const causes: readonly (readonly [RegExp, GitErrorKind])[] = [
  [/not our ref|couldn't find remote ref/i, "missing_commit"],
  [/does not allow request for unadvertised object/i, "unadvertised"],
  [
    /error: 40[134]|authentication failed|could not read username|repository .*not found|not appear to be a git|access denied/i,
    "refused",
  ],
  [/transport '.*' not allowed|unable to find remote helper/i, "refused"],
  [/could not resolve|could not connect|failed to connect|connection (was )?(reset|refused|timed out)/i, "unreachable"],
  [/error: (429|5\d\d)|rpc failed|early eof|hung up unexpectedly|operation (too slow|timed out)/i, "unreachable"],
  [/unable to access|ssl|tls|unexpected disconnect|empty reply|proxy/i, "unreachable"],
];

/** The error of a git command that ended with a failure. */
export const toGitError = (command: string, stderr: string): GitError => {
  const kind = causes.find(([pattern]) => pattern.test(stderr))?.[1] ?? "failed";
  return new GitError(kind, `git ${command}: ${firstComplaint(stderr)}`);
};

const firstComplaint = (stderr: string): string => {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((candidate) => /^(fatal|error):/.test(candidate)) ?? lines[0] ?? "ended without a message";
  return line.replace(/^(fatal|error): /, "").slice(0, 500);
};
