import { once } from "node:events";
import { z } from "zod";
import { sourceOf, testMirrors } from "../git/open-world.ts";

/**
 * A process of its own that opens a change in a shared folder of mirrors, says so on its output, and closes the change
 * when its input ends.
 */
const { dir, url, ...commits } = z
  .object({ dir: z.string(), url: z.string(), headSha: z.string(), baseSha: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ""));
const access = { url, authorization: null };
const trees = await testMirrors(dir).open(sourceOf(commits), access, new AbortController().signal);
process.stdout.write(`${trees.diff.files.map((file) => file.path).join(" ")}\n`);
process.stdin.resume();
await once(process.stdin, "end");
await trees.close();
