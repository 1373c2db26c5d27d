import { devNull } from "node:os";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A repository that git works on: always one of ours, so that no configuration but ours is ever read. */
export interface GitDirectory {
  readonly path: string;
  /** The process's environment, of which PATH reaches git, and what the network needs on a fetch. */
  readonly outer: Environment;
  /** Further variables, such as where objects are borrowed from. */
  readonly variables: Environment;
  /** Settings of this repository, after our own. */
  readonly settings: readonly Setting[];
}

export type Setting = readonly [key: string, value: string];

/** Larger files stream through git instead of filling its memory, and it does not compare them line by line. */
export const bigFileBytes = 16 * 1024 * 1024;

/** Settings for every command. Nothing in a repository can start a program, and nothing runs in the background. */
const settings: readonly Setting[] = [
  ["core.hooksPath", devNull],
  ["core.fsmonitor", "false"],
  ["core.symlinks", "false"],
  ["core.attributesFile", devNull],
  ["core.excludesFile", devNull],
  ["core.bigFileThreshold", String(bigFileBytes)],
  ["credential.helper", ""],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["fetch.unpackLimit", "1"],
  ["http.followRedirects", "false"],
  ["http.lowSpeedLimit", "1000"],
  ["http.lowSpeedTime", "30"],
  ["log.showSignature", "false"],
];

const fixed: Environment = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_LITERAL_PATHSPECS: "1",
  GIT_ALLOW_PROTOCOL: "",
  LC_ALL: "C",
};

const always = ["PATH", "TMPDIR", "SystemRoot"];
const forNetwork = ["SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

/** How one command reaches the network. */
export interface NetworkAccess {
  readonly protocol: string;
  /** Settings of this command alone, where the token is. */
  readonly settings: readonly Setting[];
}

/** The whole environment of a git command; nothing of the process's own leaks into it. */
export const gitEnvironment = (
  directory: GitDirectory,
  network: NetworkAccess | null,
  extra: Environment = {},
): Record<string, string> => {
  const names = network === null ? always : [...always, ...forNetwork, ...forNetwork.map((name) => name.toLowerCase())];
  const all: Environment = {
    ...Object.fromEntries(names.map((name) => [name, directory.outer[name]])),
    ...fixed,
    GIT_DIR: directory.path,
    ...directory.variables,
    ...settingVariables([...settings, ...directory.settings, ...(network?.settings ?? [])]),
    ...(network === null ? {} : { GIT_ALLOW_PROTOCOL: network.protocol }),
    ...extra,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
};

/** Settings as variables: unlike `-c`, they show in no list of processes. */
const settingVariables = (pairs: readonly Setting[]): Environment =>
  Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(pairs.length)],
    ...pairs.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
