import { describe, expect, it } from "vitest";
import { textOf } from "../fakes/fake-model.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { holdFirst } from "./held-model.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { shareWorld } from "./share-world.ts";
import { openShop, type World } from "./world.ts";

const readme = (text: string) => ({ files: { "README.md": `# ${text}\n` }, message: text, login: "alice" });

const startedHeads = ({ events }: World): readonly string[] =>
  events.flatMap((event) => (event.kind === "run_started" ? [event.headSha] : []));

describe.each(storesUnderTest())("requests that meet a run, on $name", (store) => {
  const shared = shareWorld({ store });

  it("reviews the new head when a push comes during the first review, though pushes are not reviewed", async () => {
    const world = shared();
    const { github, enter, until, answered } = world;
    const held = holdFirst(createScriptedReviewer([pageFinding()]));
    enter(held);
    const pull = await openShop(github, { name: "pushed" });
    await until(held.isAsked);
    const second = await github.push(pull.repo, "feature", readme("Second"));
    await answered("opened");

    expect(startedHeads(world)).toEqual([pull.headSha, second]);
    expect(github.reviews(pull).map(({ commitId }) => commitId)).toEqual([second]);
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "skipped" }]);
    expect(github.checkRuns(second)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
    expect(github.reactions(pull.nodeId)).toEqual([]);
  });

  it("costs one more run when heads 2 and 3 come during run 1", async () => {
    const world = shared();
    const { github, enter, until, answered } = world;
    const held = holdFirst(createScriptedReviewer([pageFinding()]));
    enter(held);
    const pull = await openShop(github, { name: "pushed-twice" });
    await until(held.isAsked);
    const pushThird = async (): Promise<void> => {
      await github.push(pull.repo, "feature", readme("Third"));
    };
    // The second head is announced; when the run asks GitHub for it, the third one is there.
    github.faults.add({ kind: "pass", match: { method: "GET", path: /\/git\/ref/ }, onHit: pushThird });
    await github.push(pull.repo, "feature", readme("Second"));
    await answered("opened");
    const third = github.pull(pull).headSha;
    await until(() => github.checkRuns(third).length > 0);

    expect(startedHeads(world)).toEqual([pull.headSha, third]);
    expect(github.reviews(pull).map(({ commitId }) => commitId)).toEqual([third]);
    expect(github.checkRuns(third)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
  });

  it("gives each of two commands with different words a run of its own", async () => {
    const world = shared();
    const { github, enter, until, answered } = world;
    const reviewer = createScriptedReviewer([]);
    const held = holdFirst(reviewer);
    enter(held);
    const pull = await openShop(github, { name: "commands" });
    await until(held.isAsked);
    const words = ["the paging", "the types"];
    const comments = words.map((focus) => github.comment(pull, "alice", `@codex review ${focus}`));
    await until(() => comments.every(({ nodeId }) => github.reactions(nodeId).length > 0));
    held.release();
    await answered("command", 2);

    const opening = reviewer.requests.filter(({ at }) => at.turn === 0).map(textOf);
    expect(opening.map((text) => words.filter((focus) => text.includes(focus)))).toEqual([
      [],
      ["the paging"],
      ["the types"],
    ]);
    for (const { nodeId } of comments)
      expect(github.reactions(nodeId)).toEqual([{ user: "codex-review[bot]", content: "+1" }]);
  });

  it("does one thing for a delivery that comes twice, at once and again later", async () => {
    const { github, events, until, answered } = shared();
    github.webhookFaults.add({ kind: "duplicate", match: { event: "pull_request", action: "opened" } });
    const pull = await openShop(github, { name: "twice" });
    await answered("opened");
    await github.settled();
    const opened = github
      .deliveries()
      .filter(({ action, repositoryId }) => action === "opened" && repositoryId === github.repository(pull.repo).id);
    expect(opened).toHaveLength(2);
    github.redeliver(opened[0]?.guid ?? "");
    await github.settled();
    await until(() => github.deliveries().at(-1)?.statusCode === 202);

    expect(events.filter(({ kind }) => kind === "run_started" || kind === "answered")).toHaveLength(2);
    expect(github.checkRuns(pull.headSha)).toHaveLength(1);
  });

  it.each(["closed", "made a draft"])(
    "ends an automatic run when the pull request is %s, and leaves nothing open",
    async (how) => {
      const { github, enter, until, events } = shared();
      const held = holdFirst(createScriptedReviewer([pageFinding()]));
      enter(held);
      const pull = await openShop(github, { name: how.replaceAll(" ", "-") });
      await until(held.isAsked);
      if (how === "closed") github.closePullRequest(pull);
      else github.convertToDraft(pull);
      await until(() => events.some(({ kind }) => kind === "superseded"));

      expect(github.reviews(pull)).toEqual([]);
      expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "skipped" }]);
      expect(github.reactions(pull.nodeId)).toEqual([]);
    },
  );
});
