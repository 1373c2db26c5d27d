import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { ConfigurationError, environmentNames, readEnvironment } from "../../src/config/env.ts";

const { privateKey: pem } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const base64 = Buffer.from(pem).toString("base64");
const app = { APP_ID: "12", PRIVATE_KEY: pem, WEBHOOK_SECRET: "s" };

const readFrom =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: "ENOENT" });
    return text;
  };
const read = (env: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) =>
  readEnvironment(env, readFrom(files));

const problemOf = (env: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): string => {
  try {
    read(env, files);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "";
};

describe("the App's values", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["missing", {}],
    ["blank", { APP_ID: "", PRIVATE_KEY: " ", PRIVATE_KEY_PATH: "", WEBHOOK_SECRET: "  " }],
  ])("mean setup mode where all are %s", (_what, env) => {
    expect(read(env).app).toBeNull();
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["a secret", { ...app, WEBHOOK_SECRET: "" }, ["WEBHOOK_SECRET"]],
    ["a key", { ...app, PRIVATE_KEY: "" }, ["PRIVATE_KEY"]],
    ["an id and a key", { WEBHOOK_SECRET: "s" }, ["APP_ID", "PRIVATE_KEY"]],
  ])("stop the program where %s is missing, by name", (_what, env, names) => {
    for (const name of names) expect(problemOf(env)).toContain(name);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["as it is", app],
    ["with its line ends written out", { ...app, PRIVATE_KEY: pem.replaceAll("\n", String.raw`\n`) }],
    ["in base64", { ...app, PRIVATE_KEY: base64 }],
    ["in a file", { ...app, PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/run/key.pem" }],
  ])("take the key %s", (_form, env) => {
    expect(read(env, { "/run/key.pem": pem }).app).toEqual({ appId: 12, privateKey: pem, webhookSecret: "s" });
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["a key that is none", { ...app, PRIVATE_KEY: "hunter2" }, "PRIVATE_KEY"],
    ["a key that was cut", { ...app, PRIVATE_KEY: pem.slice(0, 300) }, "PRIVATE_KEY"],
    ["a key file that is not there", { ...app, PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/gone" }, "/gone"],
    ["an id that is no number", { ...app, APP_ID: "mine" }, "APP_ID"],
  ])("stop the program at %s, without showing it", (_what, env, named) => {
    expect(problemOf(env)).toContain(named);
    expect(problemOf(env)).not.toContain("hunter2");
  });
});

describe("a registered App", () => {
  const registered = { "/data/app.env": `APP_ID=99\nPRIVATE_KEY=${base64}\nWEBHOOK_SECRET=from-setup\n` };

  it("is used where the environment names none", () => {
    const { app: used } = read({ DATA_DIR: "/data", APP_ID: "" }, registered);
    expect(used).toEqual({ appId: 99, privateKey: pem, webhookSecret: "from-setup" });
  });

  it("is not mixed with one that the environment names", () => {
    expect(read({ ...app, DATA_DIR: "/data" }, registered).app?.webhookSecret).toBe("s");
    expect(problemOf({ APP_ID: "12", DATA_DIR: "/data" }, registered)).toContain("WEBHOOK_SECRET");
  });
});

describe("other values", () => {
  it.each<[string, string]>([
    ["PORT", "65536"],
    ["PORT", "http"],
    ["ROLE", "both"],
    ["OPENAI_BASE_URL", "localhost"],
    ["WEBHOOK_PROXY_URL", "smee"],
    ["GHE_HOST", "github.example/path"],
    ["MODEL_API", "completions"],
    ["MODEL_PRICES", "{"],
    ["MODEL_PRICES", '{"m":{"input":-1,"output":1}}'],
    ["FORKS", "some"],
    ["CONCURRENCY", "0"],
    ["USD_PER_DAY", "-1"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s stops the program, by name", (name, value) => {
    expect(problemOf({ [name]: value })).toContain(name);
  });

  it("names every problem at once", () => {
    const problem = problemOf({ PORT: "x", ROLE: "y" });
    expect(problem).toContain("PORT");
    expect(problem).toContain("ROLE");
  });

  it("reads prices by model", () => {
    const prices = JSON.stringify({ m: { input: 1.25, cached: 0.1, output: 10 } });
    expect(read({ MODEL_PRICES: prices }).MODEL_PRICES).toEqual({ m: { input: 1.25, cachedInput: 0.1, output: 10 } });
    expect(read({}).MODEL_PRICES).toEqual({});
  });
});

describe(".env.example", () => {
  const text = readFileSync(".env.example", "utf8");
  const example = parseEnv(text);

  it("names every variable, and no other", () => {
    expect(Object.keys(example).toSorted()).toEqual([...environmentNames].toSorted());
  });

  it("says in the line above what each is for", () => {
    const lines = text.split("\n");
    const silent = lines.filter((line, at) => /^[A-Z_]+=/.test(line) && !/^# \w.{15,}/.test(lines[at - 1] ?? ""));
    expect(silent).toEqual([]);
  });

  it("holds the defaults, so that copying it changes nothing", () => {
    const copied = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, value ?? ""]));
    expect(read(copied)).toEqual(read({}));
  });

  it("is what docs/configuration.md lists, in the same words", () => {
    const docs = readFileSync("docs/configuration.md", "utf8");
    const rows = [...docs.matchAll(/^\| `([A-Z_]+)` +\|[^|]*\| (.*?) +\|$/gm)].map(([, name, what]) => [name, what]);
    const said = [...text.matchAll(/^# (.+)\n([A-Z_]+)=/gm)].map(([, what, name]) => [name, what]);
    expect(rows).toEqual(said);
  });
});
