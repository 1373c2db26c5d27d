import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/simulator/page/render-markdown.ts";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { client, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let pull: PullView;
let page: string;
let stop: () => Promise<void>;

const hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>";

beforeAll(async () => {
  ({ github, stop } = await simulated());
  const ready = await withPullRequest(github);
  pull = ready.pull;
  github.editPullRequest(pull, { title: `Pay ${hostile}`, body: `Please ${hostile}` });
  const comments = [
    {
      path: "src/pay.ts",
      start_line: 10,
      start_side: "RIGHT",
      line: 11,
      body: "**Say it once**\n\n```suggestion\nline 10\n```\n",
    },
    { path: "src/pay.ts", line: 30, side: "LEFT", body: "Why was this removed?" },
  ];
  await ready.app.send("POST /repos/acme/shop/pulls/1/reviews", {
    event: "COMMENT",
    body: "| file | line |\n|-|-|\n| a | 1 |",
    comments,
  });
  const [thread] = github.threads(pull);
  github.setResolved(thread?.id ?? "", "alice", true);
  github.comment(pull, "mallory", hostile);
  github.react(pull.nodeId, "codex-review[bot]", "+1");
  await ready.app.send("POST /repos/acme/shop/check-runs", {
    name: "codex-review",
    head_sha: pull.headSha,
    conclusion: "neutral",
    output: { title: "2 findings", summary: "Read **1 file**." },
  });
  page = github.renderPage("acme", "shop", 1);
});
afterAll(() => stop());

describe("the page of a pull request", () => {
  it("shows a comment under its hunk, with the suggestion as a change of the lines it covers", () => {
    expect(page).toContain('<span class="path">src/pay.ts:10-11</span>');
    expect(page).toContain('<div class="line removed"><span class="sign">-</span>line ten and a half</div>');
    expect(page).toContain('<div class="line added"><span class="sign">+</span>line 10</div>');
    expect(page).toContain("<strong>Say it once</strong>");
    expect(page).toContain("src/pay.ts:30 before the change");
  });

  it("shows state, resolved threads, reactions and check runs", () => {
    expect(page).toContain('<span class="state open">Open</span>');
    expect(page).toContain("Resolved by alice");
    expect(page).toContain('title="codex-review[bot]">👍 1</span>');
    expect(page).toMatch(/<b>codex-review<\/b> <span class="label">neutral<\/span> 2 findings/);
    expect(page).toContain("Read <strong>1 file</strong>.");
    expect(page).toContain("<table>");
  });

  it("escapes everything that people wrote", () => {
    expect(page).toContain("Pay &lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
  });

  it("is one file that loads nothing", () => {
    expect(page).not.toMatch(/<(link|script|img|iframe)\b|url\(|@import/);
  });

  it("is served over HTTP", async () => {
    const served = await fetch(`${github.url}/acme/shop/pull/1`);
    expect(served.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await served.text()).toBe(github.renderPage("acme", "shop", 1));
    expect((await client(github, null).send("GET /repos/acme/shop/pulls/1")).status).toBe(401);
  });
});

describe("Markdown", () => {
  it.each([
    { title: "drops comments", source: "a <!-- marker --> b", out: "<p>a  b</p>\n" },
    {
      title: "keeps details",
      source: "<details><summary>More</summary>\n\ntext\n\n</details>",
      out: "<details><summary>More</summary>\n<p>text</p>\n</details>",
    },
    {
      title: "shows other tags as text",
      source: "a <iframe src=x></iframe>",
      out: "<p>a &lt;iframe src=x&gt;&lt;/iframe&gt;</p>\n",
    },
    {
      title: "strips no attribute but shows the tag",
      source: '<p onclick="x()">a</p>',
      out: "&lt;p onclick=&quot;x()&quot;&gt;a</p>",
    },
    { title: "follows no script link", source: "[a](javascript:alert(1))", out: "<p>[a](javascript:alert(1))</p>\n" },
    { title: "loads no image", source: "![a](https://example.com/a.png)", out: "<p>a</p>\n" },
  ])("$title", ({ source, out }) => {
    expect(renderMarkdown(source).markup).toBe(out);
  });
});
