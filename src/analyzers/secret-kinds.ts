import type { FoundSecret } from "./secret-protocol.ts";

/**
 * What a secret opens, by secretlint's rule. Left out is `basicauth`: user:password in URLs is an example nearly
 * everywhere (nine of nine hits in the test cases' repositories).
 */
const kinds: ReadonlyMap<string, string> = new Map([
  ["1password", "a 1Password service account token"],
  ["anthropic", "an Anthropic API key"],
  ["aws", "an AWS access key"],
  ["cloudflare", "a Cloudflare API token"],
  ["database-connection-string", "the password of a database"],
  ["databricks", "a Databricks access token"],
  ["docker", "a Docker access token"],
  ["figma", "a Figma access token"],
  ["gcp", "the private key of a Google Cloud service account"],
  ["github", "a GitHub token"],
  ["gitlab", "a GitLab access token"],
  ["grafana", "a Grafana token"],
  ["groq", "a Groq API key"],
  ["hashicorp-vault", "a HashiCorp Vault token"],
  ["huggingface", "a Hugging Face access token"],
  ["linear", "a Linear API key"],
  ["notion", "a Notion integration token"],
  ["npm", "an npm access token"],
  ["openai", "an OpenAI API key"],
  ["privatekey", "a private key"],
  ["sendgrid", "a SendGrid API key"],
  ["shopify", "a Shopify access token"],
  ["slack", "a Slack token"],
  ["stripe", "a Stripe API key"],
  ["tailscale", "a Tailscale key"],
  ["vercel", "a Vercel token"],
]);

/** An account's number is no secret by itself. */
const harmless: ReadonlySet<string> = new Set(["AWSAccountID"]);

const examples = /example|x{6}|0{6}|\*{4}|\.{3}|123456|abcdef/i;

/** What a found secret opens, with its article; null where it is none, or plainly made up. */
export function secretKind({ kind, variant }: FoundSecret, secret: string): string | null {
  if (harmless.has(variant)) return null;
  if (kind === "privatekey" || kind === "gcp") return kinds.get(kind) ?? null;
  if (kind === "database-connection-string" && !hasPublicHost(secret)) return null;
  return examples.test(secret) ? null : (kinds.get(kind) ?? null);
}

/** A host without a dot is a container or this machine; its password is there for development. */
function hasPublicHost(uri: string): boolean {
  const host = /@([^/:?\s"'`]+)/.exec(uri)?.[1] ?? "";
  return host.includes(".") && !/^(?:127\.|10\.|192\.168\.)|\.(?:local|internal|test)$/.test(host);
}
