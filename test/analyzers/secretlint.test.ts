import { describe, expect, it } from "vitest";
import { createSecretlint } from "../../src/analyzers/secretlint.ts";
import type { AnalyzedFile } from "../../src/review/ports.ts";
import { analyzedFile } from "../fakes/analyzed-file.ts";
import { fakeToken } from "./fake-token.ts";

const secretlint = createSecretlint();
const analyze = async (...files: readonly AnalyzedFile[]) =>
  (await secretlint.analyze(files, new AbortController().signal)).candidates;

const secretLines = fakeToken.privateKey.split("\n").slice(1, -1);

describe("secretlint", () => {
  it.each([
    ["a token in an assignment", "a.ts", `const token = "${fakeToken.github}";\n`],
    ["a token alone on its line", "token.txt", `${fakeToken.github}\n`],
    ["two tokens on one line", "a.ts", `f("${fakeToken.github}", "${fakeToken.otherGithub}");\n`],
    ["a private key", "key.pem", `${fakeToken.privateKey}\n`],
    ["a private key inside JSON", "a.json", `{ "key": ${JSON.stringify(fakeToken.privateKey)} }\n`],
  ])("repeats nothing of %s in what it says", async (_, path, text) => {
    const candidates = await analyze(analyzedFile(path, text));
    expect(candidates).toHaveLength(1);
    const said = JSON.stringify(candidates);
    const parts = [fakeToken.github.slice(4, 12), fakeToken.otherGithub.slice(4, 12), ...secretLines];
    for (const secret of parts) expect(said).not.toContain(secret);
  });

  it("says what the secret opens, and what to do", async () => {
    const [candidate] = await analyze(analyzedFile("a.ts", `const token = "${fakeToken.github}";\n`));
    expect(candidate).toMatchObject({ severity: "P0", category: "security", quote: 'const token = "' });
    expect(candidate?.body).toContain("a GitHub token");
    expect(candidate?.body).toContain("revoke");
  });

  it("stands on the first added line of a secret of many lines", async () => {
    const text = `# key\n${fakeToken.privateKey}\n`;
    const [candidate] = await analyze(analyzedFile("key.pem", text, { addedLines: [3, 4] }));
    expect([candidate?.startLine, candidate?.line]).toEqual([3, 3]);
  });

  it("finds the key of a service account on its line", async () => {
    const key = { type: "service_account", private_key_id: "1", private_key: `${fakeToken.privateKey}\n` };
    const candidates = await analyze(analyzedFile("account.json", `${JSON.stringify(key, null, 2)}\n`));
    expect(candidates.map(({ line }) => line)).toEqual([4]);
  });

  it("reads ignored files", async () => {
    const file = analyzedFile("dist/a.js", `f("${fakeToken.github}");\n`, { ignored: true });
    expect(secretlint.readsIgnored).toBe(true);
    expect(await analyze(file)).toHaveLength(1);
  });

  it("is not silenced by a comment", async () => {
    const text = `// secretlint-disable\nconst a = "${fakeToken.github}"; // secretlint-disable-line\n`;
    expect(await analyze(analyzedFile("a.ts", text))).toHaveLength(1);
  });

  it.each([
    ["test/key.pem", `${fakeToken.privateKey}\n`, "P3"],
    ["src/key.pem", `${fakeToken.privateKey}\n`, "P0"],
    ["src/a.test.ts", `f("${fakeToken.github}");\n`, "P1"],
    ["contest/a.ts", `f("${fakeToken.github}");\n`, "P0"],
  ])("weighs the place: %s", async (path, text, severity) => {
    expect((await analyze(analyzedFile(path, text))).map((candidate) => candidate.severity)).toEqual([severity]);
  });

  it.each([
    ["a secret that only moved", `\nf("${fakeToken.github}");\n`, { baseText: `f("${fakeToken.github}");\n` }],
    ["an example of a token", `f("${["ghp", "1234567890abcdefABCDEF123456789012ab"].join("_")}");\n`, {}],
    ["user and password of a URL", 'get("https://jane:Secr3tPart@api.shop.com/");\n', {}],
    ["a database beside the program", 'connect("postgres://shop:Secr3tPart@db:5432/shop");\n', {}],
    ["a database on this machine", 'connect("postgres://shop:Secr3tPart@127.0.0.1/shop");\n', {}],
  ])("stays silent about %s", async (_, text, more) => {
    expect(await analyze(analyzedFile("a.ts", text, more))).toEqual([]);
  });

  it("reports the password of a database elsewhere", async () => {
    const candidates = await analyze(analyzedFile("a.ts", 'connect("postgres://shop:Secr3tPart@db.shop.com/shop");\n'));
    expect(candidates).toHaveLength(1);
    expect(JSON.stringify(candidates)).not.toContain("Secr3tPart");
  });
});
