/** Without blanks or brackets, so that an address with a masked secret in it stays one piece. */
const mask = "*****";

/** Tokens that are secret by their form, each with where the form comes from. */
const tokens: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g, // PEM, OpenPGP
  /\bgh[oprsu]_[A-Za-z0-9_]{30,255}/g, // GitHub
  /\bgithub_pat_[A-Za-z0-9_]{30,255}/g,
  /\bglpat-[\w-]{20,}/g, // GitLab
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, // AWS
  /\bsk-[A-Za-z0-9_-]{20,}/g, // OpenAI, Anthropic, OpenRouter
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g, // Stripe
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g, // Slack
  /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/g,
  /\bAIza[\w-]{35}/g, // Google
  /\bGOCSPX-[\w-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\bpypi-[\w-]{40,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\bdop_v1_[a-f0-9]{64}/g, // DigitalOcean
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g, // SendGrid
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g, // JWT
];

/** `password = "…"`, `"api_key": "…"`: a long literal without blanks under a telling name. */
const assignment =
  /((?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\w-]*["'`]?\s*(?::|=>?|:=)\s*)(["'`])([^\s"'`]{12,})\2/gi;

/** The password of `scheme://user:password@host`. */
const urlPassword = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{1,200}:)[^\s:/@]{1,500}(?=@)/gi;

/** The text with everything masked that has the form of a secret. */
export const maskSecrets = (text: string): string =>
  tokens
    .reduce((masked, token) => masked.replaceAll(token, mask), text)
    .replaceAll(assignment, (_all, head: string, quote: string) => `${head}${quote}${mask}${quote}`)
    .replaceAll(urlPassword, (_all, head: string) => `${head}${mask}`);
