import { maskFences } from "../core/fence.ts";
import { sha256Hex } from "../core/sha256-hex.ts";
import type { ModelRequest } from "../review/model-ports.ts";

/** What decides the answer, and so the digest: all of a request but its place in the run and its cache key. */
const substanceOf = ({ at: _at, cacheKey: _cacheKey, ...substance }: ModelRequest) => substance;

/** SHA-256 of everything that decides the answer, with the run's random fence masked. */
export const digestOf = (request: ModelRequest): string => sha256Hex(maskFences(JSON.stringify(substanceOf(request))));

/**
 * The request as JSON text for people and diffs, fences masked. Of a later turn only what it adds to the one before:
 * kept whole, a conversation of n turns would take up n² / 2 turns' worth of space.
 */
export const requestText = (request: ModelRequest, previous: ModelRequest | null): string => {
  const whole = substanceOf(request);
  if (previous === null || !continues(request, previous)) return maskFences(JSON.stringify(whole));
  const { input, ...rest } = whole;
  const before = substanceOf(previous);
  const changed = Object.entries(rest).filter(
    ([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(Object.entries(before).find(([name]) => name === key)?.[1]),
  );
  const added = {
    ...Object.fromEntries(changed),
    inputBefore: previous.input.length,
    input: input.slice(previous.input.length),
  };
  return maskFences(JSON.stringify(added));
};

const continues = (request: ModelRequest, previous: ModelRequest): boolean =>
  request.input.length >= previous.input.length &&
  JSON.stringify(request.input.slice(0, previous.input.length)) === JSON.stringify(previous.input);
