import { z } from "zod";
import { OperationalError } from "../review/errors.ts";

/**
 * SQLSTATE classes that are no bug and pass by themselves or with an operator's help: connection (08), rollback of a
 * deadlock or a conflict (40), resources (53), lock not to be had (55), server shut down (57), disk (58).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const outsideFailure = z.looseObject({ code: z.string().regex(/^(08|40|53|55|57|58)[0-9A-Z]{3}$/) });

/** Turns a database's answer that is no bug into an OperationalError; any other error comes back as it is. */
export const translateError = (error: unknown): unknown =>
  outsideFailure.safeParse(error).success ? databaseFailed(error) : error;

/** The OperationalError for a failure of the database; trying again may help. */
export const databaseFailed = (error: unknown): OperationalError => {
  const said = error instanceof Error ? error.message : String(error);
  return new OperationalError(`the database failed: ${said}`, { cause: error, retryable: true });
};
