/** One thing that the doctor looked at. A `note` is worth knowing and fails nothing; `mend` says what to do. */
export type Check =
  | { readonly result: "ok"; readonly topic: string; readonly said: string }
  | { readonly result: "note" | "failed"; readonly topic: string; readonly said: string; readonly mend: string };
