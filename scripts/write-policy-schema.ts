import { writeFileSync } from "node:fs";
import { policyJsonSchema } from "../src/config/policy-schema.ts";

writeFileSync("docs/policy.schema.json", `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
