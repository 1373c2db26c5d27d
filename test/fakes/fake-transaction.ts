import type { SqlConnection } from "../../src/review/store-ports.ts";

interface Steps {
  readonly undo: (() => void)[];
  readonly commit: (() => void)[];
}

const open = new WeakMap<SqlConnection, Steps>();

const connectionWithoutSql = (): SqlConnection => ({
  executeSql: async (text) => {
    throw new Error(`the stores in memory understand no SQL: ${text}`);
  },
});

/** Says how a write of a transaction is taken back; a connection outside of one keeps the write. */
export const onRollback = (connection: SqlConnection, undo: () => void): void => {
  open.get(connection)?.undo.push(undo);
};

/** Runs `step` when the connection's transaction commits, at once outside of one. */
export const onCommit = (connection: SqlConnection, step: () => void): void => {
  const steps = open.get(connection);
  if (steps === undefined) step();
  else steps.commit.push(step);
};

const run = async <T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> => {
  const connection = connectionWithoutSql();
  const steps: Steps = { undo: [], commit: [] };
  open.set(connection, steps);
  const result = await work(connection).catch((error: unknown) => {
    for (const undo of steps.undo.toReversed()) undo();
    throw error;
  });
  open.delete(connection);
  for (const step of steps.commit) step();
  return result;
};

/** Transactions one after the other; when the work throws, its writes are taken back in reverse. */
export const createFakeTransactions = (): (<T>(work: (connection: SqlConnection) => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => run(work));
    last = result.catch(() => undefined);
    return result;
  };
};
