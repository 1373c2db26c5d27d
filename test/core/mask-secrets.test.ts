import { describe, expect, it } from "vitest";
import { maskSecrets } from "../../src/core/mask-secrets.ts";

const letters = (count: number): string => "aB3dE5gH".repeat(Math.ceil(count / 8)).slice(0, count);

describe("maskSecrets", () => {
  it.each([
    ["a GitHub token", `ghs_${letters(36)}`],
    ["a fine-grained GitHub token", `github_pat_${letters(60)}`],
    ["a GitLab token", `glpat-${letters(20)}`],
    ["an AWS key", "AKIAIOSFODNN7EXAMPLE"],
    ["an OpenAI key", `sk-proj-${letters(40)}`],
    ["a Stripe key", `sk_live_${letters(24)}`],
    ["a Slack token", `xoxb-${letters(24)}`],
    ["a Slack hook", `hooks.slack.com/services/T000/B000/${letters(24)}`],
    ["a Google key", `AIza${letters(35)}`],
    ["an npm token", `npm_${letters(36)}`],
    ["a JWT", `eyJ${letters(20)}.eyJ${letters(30)}.${letters(43)}`],
    ["a private key", `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n-----END RSA PRIVATE KEY-----`],
    ["a private key that is cut off", `-----BEGIN PRIVATE KEY-----\n${letters(64)}`],
  ])("masks %s", (_title, secret) => {
    expect(maskSecrets(`before ${secret} after`)).toMatch(/^before \*{5}(?: after)?$/);
  });

  it.each([
    ['password = "correct-horse-battery"', 'password = "*****"'],
    ["\"api_key\": 'abcdef0123456789'", "\"api_key\": '*****'"],
    ["const clientSecret: string = x", "const clientSecret: string = x"],
    ['SECRET_KEY="0123456789abcdef"', 'SECRET_KEY="*****"'],
    ["postgres://app:hunter2@db/shop", "postgres://app:*****@db/shop"],
  ])("reads %s as %s", (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    "password = readPassword(input)",
    'token: "short"',
    'tokenType = "Bearer of good news"',
    "sk-learn and task-force",
    "https://example.com/a@b",
  ])("leaves %s alone", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it("finds nothing more in what it has masked", () => {
    const once = maskSecrets(`token = "${letters(40)}"`);
    expect(maskSecrets(once)).toBe(once);
  });
});
