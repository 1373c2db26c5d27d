import type { TestProject } from "vitest/node";
import { preparePgliteImage } from "./pglite-image.ts";
import { preparePostgresTemplate } from "./postgres-template.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of a dumped data folder with all tables. */
    readonly pgliteImage: string;
    /** Null where no server answers. */
    readonly postgres: { readonly url: string; readonly template: string } | null;
  }
}

/** Prepares, once for all test files, what their databases start from. */
export const setup = async (project: TestProject): Promise<void> => {
  const postgres = await preparePostgresTemplate(process.env);
  project.provide("pgliteImage", await preparePgliteImage());
  project.provide("postgres", postgres);
  process.stdout.write(`Stores under test: ${postgres === null ? "PGlite" : "PGlite, PostgreSQL"}\n`);
};
