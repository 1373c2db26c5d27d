import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { buildSchema } from "graphql";
import type { GraphQLSchema } from "graphql";

let loaded: GraphQLSchema | null = null;

/** GitHub's own public schema, read once. The package's entry would also parse 5 MB of JSON that nobody needs here. */
export function githubSchema(): GraphQLSchema {
  if (loaded !== null) return loaded;
  const manifest = findPackageJSON("@octokit/graphql-schema", import.meta.url);
  if (manifest === undefined) throw new Error("@octokit/graphql-schema is not installed");
  loaded = buildSchema(readFileSync(join(dirname(manifest), "schema.graphql"), "utf8"), { assumeValidSDL: true });
  return loaded;
}
