/** What the person at the terminal can mend; its message is the whole answer. */
export class EvalError extends Error {
  override readonly name = "EvalError";
}
