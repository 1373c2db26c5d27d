import { startApp } from "./app-under-test.ts";
import { openBareGit } from "./bare-git.ts";
import { measureReview, type MeasuredReview } from "./measure-review.ts";
import type { Row } from "./show-table.ts";
import { openStage } from "./stage.ts";
import { median, rounded } from "./statistics.ts";
import { storeKinds, type StoreKind } from "./store-places.ts";

const sizes = [
  { files: 10, targetMs: 700 },
  { files: 100, targetMs: 1_500 },
  { files: 1_000, targetMs: 6_000 },
];
const memoryTargets = { PGlite: 900, PostgreSQL: 500 };
/** Changed lines of a file: each counts as one removed and one added. */
const steps = 25;
const runs = 6;

interface Setup {
  readonly kind: StoreKind;
  readonly files: number;
  readonly targetMs: number;
  readonly analyzers: boolean;
}

/** What a review costs beside the model: the app in one process, GitHub in another, the mirror warm. */
export const benchOverhead = async (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const kind of await storeKinds())
    for (const size of sizes)
      for (const analyzers of [true, false]) rows.push(await benchSize({ kind, ...size, analyzers }));
  return rows;
};

const benchSize = async ({ kind, files, targetMs, analyzers }: Setup): Promise<Row> => {
  const place = await kind.place();
  const stage = await openStage({ files, steps });
  const bareGit = await openBareGit(stage.repository);
  const options = { place, githubUrl: stage.github.url, role: "all", analyzers, findings: 1 } as const;
  // The embedded store is made at the first start ever, which takes more memory than anything after it.
  const firstStart = await (await startApp(options)).stop();
  const app = await startApp(options);
  const reviews: MeasuredReview[] = [];
  const bare: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const pull = await stage.openDraft(run + 1);
    const measure = [
      async () => bare.push(await bareGit.fetchAndDiff(pull)),
      async () => reviews.push(await measureReview(stage, app, { pull, command: null, posts: true })),
    ];
    // Whoever fetches second finds GitHub's files warm, so they take turns.
    for (const one of run % 2 === 0 ? measure : measure.toReversed()) await one();
  }
  const { peakMb } = await app.stop();
  await bareGit.remove();
  await stage.close();
  await place.remove();
  // The first one makes the mirror and is not counted.
  const warm = reviews.slice(1);
  const jobMs = median(warm.map((review) => review.jobMs));
  const bareMs = median(bare.slice(1));
  return {
    store: kind.name,
    files,
    lines: files * steps * 2,
    analyzers: analyzers ? "yes" : "no",
    "job ms": rounded(jobMs),
    "target ms": targetMs,
    "from webhook ms": rounded(median(warm.map((review) => review.fromWebhookMs))),
    "bare git ms": rounded(bareMs),
    ratio: rounded(jobMs / bareMs, 1),
    "peak MB": rounded(peakMb),
    "first start MB": rounded(firstStart.peakMb),
    "target MB": memoryTargets[kind.name],
  };
};
