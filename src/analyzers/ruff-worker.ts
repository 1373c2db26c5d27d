import { parentPort } from "node:worker_threads";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { ruffInputSchema } from "./ruff-protocol.ts";

// A thread of its own for ruff, started and stopped by analyzer-thread.ts.

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

const port = parentPort;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
port?.on("message", (message) => port.postMessage(checkAll(message)));
