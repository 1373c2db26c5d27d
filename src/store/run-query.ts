import type { Compilable } from "kysely";
import type { ZodType } from "zod";
import type { SqlConnection } from "../review/store-ports.ts";

/** Runs a statement and parses the rows that it answers with. */
export const readRows = async <Row>(
  connection: SqlConnection,
  query: Compilable,
  row: ZodType<Row>,
): Promise<readonly Row[]> => {
  const { sql, parameters } = query.compile();
  const { rows } = await connection.executeSql(sql, [...parameters]);
  return rows.map((value) => row.parse(value));
};

/** Runs a statement and answers with how many rows it returned; a statement without `returning` returns none. */
export const runQuery = async (connection: SqlConnection, query: Compilable): Promise<number> => {
  const { sql, parameters } = query.compile();
  const { rows } = await connection.executeSql(sql, [...parameters]);
  return rows.length;
};
