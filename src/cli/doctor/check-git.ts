import { GitError } from "../../git/git-error.ts";
import { gitVersion } from "../../git/git-version.ts";
import type { Check } from "./check.ts";

const topic = "git";
/** GIT_CONFIG_GLOBAL and GIT_CONFIG_COUNT, without which a host's own settings would count, came with 2.32 and 2.31. */
const oldest = [2, 33] as const;

export const checkGit = async (
  variables: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Check> => {
  try {
    return judgeVersion(await gitVersion(variables, signal));
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { result: "failed", topic, said: error.message, mend: "install git and put it on the PATH" };
  }
};

export const judgeVersion = (version: string): Check => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const recent = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (recent) return { result: "ok", topic, said: version };
  return { result: "failed", topic, said: `${version} is too old`, mend: `install git ${oldest.join(".")} or newer` };
};
