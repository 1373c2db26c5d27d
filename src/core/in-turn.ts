/** Runs `work` once all that was handed over before has settled, and answers with what it comes to. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other, in the order of the calls. A failure is its own caller's; the next one begins all the same. */
export const createInTurn = (): InTurn => {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = before.then(work);
    before = Promise.allSettled([done]);
    return done;
  };
};
