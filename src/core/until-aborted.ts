/** Waits for `shared` no longer than `signal` lives, then throws its reason. What is shared goes on: others may wait for it. */
export const untilAborted = async <T>(shared: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    if (signal.aborted) abort();
    return await Promise.race([shared, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
};
