import { startApp } from "./app-under-test.ts";
import { measureReview } from "./measure-review.ts";
import type { Row } from "./show-table.ts";
import { openStage } from "./stage.ts";
import { storeKinds } from "./store-places.ts";

const targets = { automatic: 10, command: 13 };

/** Requests to GitHub for one review, an automatic one and one on command, by files and findings. */
export const benchRequests = async (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const files of [1, 10, 500]) for (const findings of [0, 5, 30]) rows.push(await countRequests(files, findings));
  return rows;
};

const countRequests = async (files: number, findings: number): Promise<Row> => {
  const [kind] = await storeKinds();
  if (kind === undefined) throw new Error("the embedded store is always there");
  const place = await kind.place();
  const stage = await openStage({ files, steps: 40 });
  const app = await startApp({ place, githubUrl: stage.github.url, role: "all", analyzers: false, findings });
  const [first, second] = [await stage.openDraft(1), await stage.openDraft(2)];
  const posts = findings > 0;
  const automatic = await measureReview(stage, app, { pull: first, command: null, posts });
  const onCommand = await measureReview(stage, app, { pull: second, command: "@codex review", posts });
  const onLines = stage.github.threads(first).length;
  await app.stop();
  await stage.close();
  await place.remove();
  return {
    files,
    findings,
    "on lines": onLines,
    automatic: automatic.requests,
    "target (automatic)": targets.automatic,
    command: onCommand.requests,
    "target (command)": targets.command,
  };
};
