import { z } from "zod";
import { policySchema } from "../core/policy.ts";

/** The JSON Schema of `.github/codex-review.yml` for editors: what a person may write, so nothing is required. */
export const policyJsonSchema = (): Readonly<Record<string, unknown>> => ({
  title: "Policy of codex-review",
  ...z.toJSONSchema(policySchema, { io: "input" }),
});
