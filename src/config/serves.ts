/** The allowed owners; without any the App's own, which GitHub is asked for once. */
export const createServes = (
  allowed: readonly string[],
  askOwner: () => Promise<string>,
): ((owner: string) => Promise<boolean>) => {
  let own: string | null = null;
  return async (owner) => {
    if (allowed.length > 0) return allowed.includes(owner.toLowerCase());
    own ??= await askOwner();
    return own.toLowerCase() === owner.toLowerCase();
  };
};
