import { z } from "zod";
import type { ChangeTrees, Syntax } from "../ports.ts";
import type { ReadingLog } from "./reading-log.ts";

/** What the reading tools look at, and where they note what was shown. */
export interface ToolDeps {
  readonly trees: ChangeTrees;
  readonly syntax: Syntax;
  readonly log: ReadingLog;
}

export const atSchema = z.enum(["head", "base"]).describe("head: the repository with the change; base: before it.");

export const pathSchema = z.string().min(1).max(1000).describe("Path from the repository's root.");

export const nameSchema = z
  .string()
  .max(200)
  .regex(/^[\p{L}_$@#][\p{L}\p{N}_$?!-]*$/u, "one identifier, without dots or spaces")
  .describe("One identifier, without dots or spaces.");

export const globsSchema = z
  .array(z.string().min(1).max(200))
  .max(20)
  .nullable()
  .describe('Globs such as "src/**/*.ts"; those beginning with "!" exclude. Null: all files.');
