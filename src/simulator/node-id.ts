/** GraphQL node ids look like GitHub's: a prefix for the type, then the database id. Callers must treat them as opaque. */
export type NodePrefix =
  "U" | "O" | "BOT" | "R" | "I" | "PR" | "IC" | "PRR" | "PRRT" | "PRRC" | "CR" | "CS" | "LA" | "REA" | "A";

export const nodeId = (prefix: NodePrefix, id: number): string =>
  `${prefix}_kwDO${Buffer.from(String(id)).toString("base64url")}`;
