import { readFileSync } from "node:fs";
import type { GitHubAuth } from "../../src/github/tokens.ts";
import { checkFacts, type FactResult } from "./fact.ts";
import { facts } from "./facts.ts";
import { openLiveStage } from "./open-live-stage.ts";

const usage = `Usage: npm run test:live -- owner/scratch

Checks every fact of docs/github-facts.md on GitHub itself: makes two branches and a draft pull request in the
repository, writes reviews and comments there, closes the pull request and deletes the branches.

Credentials: APP_ID with PRIVATE_KEY or PRIVATE_KEY_PATH (an App that is installed there and may write contents,
pull requests, issues and checks), or GITHUB_TOKEN (fewer facts). GHE_HOST names a GitHub Enterprise Server.`;

const readAuth = (env: NodeJS.ProcessEnv): GitHubAuth | null => {
  const { APP_ID: appId, PRIVATE_KEY: key, PRIVATE_KEY_PATH: path, GITHUB_TOKEN: token } = env;
  const privateKey = key ?? (path === undefined ? undefined : readFileSync(path, "utf8"));
  if (appId !== undefined && privateKey !== undefined) return { kind: "app", appId, privateKey };
  return token === undefined ? null : { kind: "token", token };
};

const signs = { holds: "ok  ", fails: "FAIL", "not checked": "-   " } as const;

const report = ({ number, outcome, name, statement, note }: FactResult): void => {
  const what = name === null ? statement : `${name}: ${statement}`;
  console.log(`${signs[outcome]} ${number}. ${what}${note === "" ? "" : `\n        ${note}`}`);
};

const main = async (repository: string, auth: GitHubAuth, host: string | undefined): Promise<boolean> => {
  const [owner = "", name = ""] = repository.split("/");
  const apiUrl = host === undefined ? "https://api.github.com" : `https://${host}/api/v3`;
  const gitUrl = `https://${host ?? "github.com"}`;
  const suffix = Date.now().toString(36);
  const stage = await openLiveStage({ apiUrl, gitUrl, auth, owner, name, suffix });
  try {
    const results = await checkFacts(facts, stage, report);
    return results.every(({ outcome }) => outcome !== "fails");
  } finally {
    await stage.close();
  }
};

const [repository] = process.argv.slice(2);
const auth = readAuth(process.env);
if (repository === undefined || !/^[^/]+\/[^/]+$/.test(repository) || auth === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  process.exitCode = (await main(repository, auth, process.env["GHE_HOST"])) ? 0 : 1;
}
