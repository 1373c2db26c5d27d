import { describe, expect, it } from "vitest";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import { openShop, type World } from "./world.ts";

/** What intake said to the newest delivery. */
const lastAnswer = async ({ github }: World): Promise<string> => {
  await github.settled();
  return github.deliveries().at(-1)?.responseBody ?? "";
};

describe("a command", () => {
  const shared = shareWorld({ store: anyStore() });

  it("of a writer reviews even a draft, and takes its eyes back", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const pull = await openShop(github, { name: "writer", draft: true });
    await answered("opened");
    const comment = github.comment(pull, "alice", "Please have a look, @Codex review the paging");
    await answered("command");

    expect(github.reviews(pull)).toMatchObject([{ state: "COMMENTED", comments: [{ line: 3 }] }]);
    expect(github.checkRuns(pull.headSha).map(({ conclusion }) => conclusion)).toEqual(["skipped", "neutral"]);
    expect(github.reactions(comment.nodeId)).toEqual([]);
  });

  it("of the author without write access is carried out", async () => {
    const { github, answered } = shared();
    const pull = await openShop(github, { name: "author", author: "bob" });
    await answered("opened");
    const comment = github.comment(pull, "bob", "@codex review");
    await answered("command");
    expect(github.reactions(comment.nodeId)).toEqual([{ user: "codex-review[bot]", content: "+1" }]);
  });

  it("of a stranger gets a confused face each time and one sentence in all", async () => {
    const { github, events, answered, until } = shared();
    const pull = await openShop(github, { name: "stranger" });
    await answered("opened");
    for (const words of ["@codex review", "@codex review, please"]) {
      const { nodeId } = github.comment(pull, "mallory", words);
      await until(() => github.reactions(nodeId).some(({ content }) => content === "confused"));
    }
    await until(() => github.comments(pull).length > 2);
    const [sentence, ...others] = github.comments(pull).filter(({ author }) => author === "codex-review[bot]");
    expect(others).toEqual([]);
    expect(sentence?.body).toContain("Commands are for people with write access");
    expect(events.filter(({ kind }) => kind === "run_started")).toHaveLength(1);
  });

  it("on a plain issue, in a quote, in code, by the bot itself or in an edit does nothing", async () => {
    const world = shared();
    const { github, answered } = world;
    const pull = await openShop(github, { name: "ignored" });
    await answered("opened");
    const issue = github.createIssue({ repo: pull.repo, title: "Slow", author: "alice" });
    const comments = [github.comment(issue, "alice", "@codex review")];
    expect(await lastAnswer(world)).toContain("plain issues are not reviewed");
    comments.push(github.comment(pull, "alice", "> @codex review\n\nWhat does `@codex review` do?"));
    expect(await lastAnswer(world)).toContain("holds no command");
    comments.push(github.comment(pull, "codex-review[bot]", "@codex review"));
    expect(await lastAnswer(world)).toContain("nothing to do");
    const edited = github.comment(pull, "alice", "Thank you.");
    github.editComment(edited.id, "alice", "@codex review");
    expect(await lastAnswer(world)).toContain("only a new comment");

    expect([...comments, edited].flatMap(({ nodeId }) => github.reactions(nodeId))).toEqual([]);
    expect(github.comments(pull)).toHaveLength(3);
    expect(github.checkRuns(pull.headSha)).toHaveLength(1);
  });

  it("on a closed pull request gets one sentence", async () => {
    const { github, answered, until } = shared();
    const pull = await openShop(github, { name: "closed" });
    await answered("opened");
    github.closePullRequest(pull);
    github.comment(pull, "alice", "@codex review");
    await until(() => github.comments(pull).length === 2);
    expect(github.comments(pull).at(-1)?.body).toContain("This pull request is closed");
    expect(github.checkRuns(pull.headSha)).toHaveLength(1);
  });

  it("for help, and words that are no command, are answered where they stand", async () => {
    const { github, answered, until } = shared();
    const pull = await openShop(github, { name: "help" });
    await answered("opened");
    github.comment(pull, "alice", "@codex help");
    await until(() => github.comments(pull).length === 2);
    expect(github.comments(pull).at(-1)?.body).toContain("`@codex security review`");
    const line = await github.commentOnLine(pull, "alice", { path: "src/pages.ts", line: 3, body: "@codex dance" });
    await until(() => github.threads(pull)[0]?.comments.length === 2);
    const [thread] = github.threads(pull);
    expect(thread?.comments.at(-1)).toMatchObject({ author: "codex-review[bot]", inReplyTo: line.id });
    expect(thread?.comments.at(-1)?.body).toContain("`@codex help` lists them");
  });

  it("for a second review stays silent about what was said, and counts it still", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const pull = await openShop(github, { name: "again" });
    await answered("opened");
    github.comment(pull, "alice", "@codex review");
    await answered("command");
    expect(github.reviews(pull)).toHaveLength(1);
    expect(github.threads(pull)).toHaveLength(1);
    const check = github.checkRuns(pull.headSha).at(-1);
    expect(check).toMatchObject({ status: "completed", conclusion: "neutral" });
    expect(check?.output.title).toContain("1 from earlier rounds");
  });

  it("given by the button that runs a check again reviews this head again", async () => {
    const { github, answered } = shared();
    const pull = await openShop(github, { name: "rerun" });
    await answered("opened");
    const [check] = github.checkRuns(pull.headSha);
    github.rerequestCheckRun(check?.id ?? 0);
    await answered("rerun");
    expect(github.checkRuns(pull.headSha).at(-1)).toMatchObject({ status: "completed", conclusion: "success" });
  });
});
