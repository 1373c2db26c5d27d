import { SmeeClient } from "smee-client";
import { OperationalError } from "../review/errors.ts";

export interface ProxyOptions {
  /** The channel, `https://smee.io/…`, that GitHub delivers to. */
  readonly source: string;
  /** The webhook address of this server, as it reaches itself. */
  readonly target: string;
  readonly onFailure: (error: unknown) => void;
}

export interface RunningProxy {
  readonly close: () => Promise<void>;
}

const connectWithinMs = 15_000;

/**
 * Fetches deliveries from a smee channel, for laptops that GitHub cannot reach. Throws an OperationalError where the
 * channel does not answer; a connection that breaks later comes back by itself.
 *
 * The channel hands on the body parsed, and the client writes it as JSON anew. GitHub's own bodies are written the same
 * way, so their signature holds; one that is not is answered 401, as anything that was changed on its way.
 */
export const startProxy = async ({ source, target, onFailure }: ProxyOptions): Promise<RunningProxy> => {
  const error = (...said: readonly unknown[]): void => onFailure(said.at(-1));
  const client = new SmeeClient({
    source,
    target,
    maxConnectionTimeout: connectWithinMs,
    logger: { info: () => undefined, error },
  });
  try {
    await client.start();
  } catch (cause) {
    await client.stop();
    throw new OperationalError(`the webhook proxy ${source} does not answer: check WEBHOOK_PROXY_URL`, {
      cause,
      retryable: true,
    });
  }
  return { close: () => client.stop() };
};
