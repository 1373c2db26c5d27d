import { ModelError } from "../review/errors.ts";

/**
 * The body as JSON. The library's own reading is passed by: it assumes OpenAI's shape before anybody has checked it.
 * Throws a `SyntaxError` where the body is something else.
 */
export const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text().catch((cause: unknown) => {
    throw new ModelError("unavailable", "the connection to the model broke off in the middle of its answer", { cause });
  });
  const body: unknown = JSON.parse(text);
  return body;
};
