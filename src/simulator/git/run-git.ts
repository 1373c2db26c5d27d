import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";

interface GitRun {
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
}

/** The git program with an environment that nobody's configuration reaches. */
export interface GitProgram {
  /** Standard output of `git -C dir …`; throws with git's own words on a non-zero exit. */
  readonly run: (dir: string, run: GitRun) => Promise<Buffer>;
  /** A running git whose streams are the caller's. */
  readonly start: (
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) => ChildProcessWithoutNullStreams;
}

const isolation = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

const collect = (child: ChildProcessWithoutNullStreams, label: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`${label} failed (${code}): ${Buffer.concat(err).toString("utf8").trim()}`));
    });
  });

/** `searchPath` is the PATH on which git is found. */
export function createGit(searchPath: string): GitProgram {
  const start: GitProgram["start"] = (args, environment) =>
    spawn("git", [...args], { env: { PATH: searchPath, ...isolation, ...environment }, stdio: "pipe" });
  return {
    start,
    run: (dir, { args, input }) => {
      const child = start(["-C", dir, ...args], {});
      // git may exit before it has read its input; its exit code tells, not the broken pipe.
      child.stdin.on("error", () => child.stdin.destroy());
      child.stdin.end(input);
      return collect(child, `git ${args.slice(0, 3).join(" ")}`);
    },
  };
}
