import { ConfigurationError } from "./config/env.ts";
import { OperationalError } from "./review/errors.ts";
import { serve } from "./serve.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

try {
  stopOnSignal(await serve(process.env));
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof OperationalError)) throw error;
  process.stderr.write(`codex-review: ${error.message}\n`);
  process.exitCode = 1;
}
