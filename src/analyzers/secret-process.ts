import { lintSource } from "@secretlint/core";
import { secretLintProfiler } from "@secretlint/profiler";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { type FoundSecret, type SecretInput, type SecretOutput, secretInputSchema } from "./secret-protocol.ts";

// The process of secretlint, started and stopped by analyzer-process.ts.

const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] };

async function findSecrets({ name, text }: SecretInput[number]): Promise<FoundSecret[]> {
  const { messages } = await lintSource({
    // One rule opens the file by its path; under this one there is none.
    source: { content: disarmed(text), filePath: `/dev/null/${name}`, contentType: "text" },
    options: { config, maskSecrets: true, noPhysicFilePath: true },
  });
  return messages.map(({ ruleId, messageId, range }) => ({
    kind: ruleId.replace(/^.*secretlint-rule-/, ""),
    variant: messageId,
    start: range[0],
    end: range[1],
  }));
}

/** A comment in the change does not make a secret less known, so comments for secretlint count for nothing. */
function disarmed(text: string): string {
  return text.replaceAll("secretlint-disable", "secretlint_disable");
}

async function findAll(input: SecretInput): Promise<SecretOutput> {
  const found: FoundSecret[][] = [];
  for (const file of input) found.push(await findSecrets(file));
  return found;
}

// It would keep sixty notes on each text for good.
secretLintProfiler.setEnabled(false);

process.on("message", (message) => {
  void findAll(secretInputSchema.parse(message)).then((found) => process.send?.(found));
});
