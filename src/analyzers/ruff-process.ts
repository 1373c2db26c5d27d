import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { ruffInputSchema } from "./ruff-protocol.ts";

// The process of ruff, started and stopped by analyzer-process.ts.

/** The newest grammar reads what older ones read, nearly all of it. */
const openWorkspace = (codes: readonly string[]): Workspace =>
  new Workspace({ "target-version": "py314", lint: { select: codes } }, PositionEncoding.Utf16);

function checkAll(message: unknown): unknown[] {
  const { codes, files } = ruffInputSchema.parse(message);
  let workspace = openWorkspace(codes);
  const results = files.map((text): unknown => {
    try {
      return workspace.check(text);
    } catch {
      // Nested too deeply for ruff's stack; after that the workspace is in no known state.
      workspace = openWorkspace(codes);
      return null;
    }
  });
  workspace.free();
  return results;
}

process.on("message", (message) => process.send?.(checkAll(message)));
