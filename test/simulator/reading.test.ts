import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { client, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let app: ReturnType<typeof client>;
let stop: () => Promise<void>;

beforeAll(async () => {
  const limits = { diffFiles: 5, diffLines: 40, listedFiles: 8, fileDiffBytes: 200 };
  ({ github, stop } = await simulated({ limits }));
  ({ app } = await withPullRequest(github));
});
afterAll(() => stop());

const openWith = async (branch: string, files: Record<string, string>): Promise<string> => {
  await github.push("acme/shop", branch, { from: "main", files });
  const { number } = await github.openPullRequest({ repo: "acme/shop", head: branch, title: branch, author: "alice" });
  return `/repos/acme/shop/pulls/${number}`;
};

describe("a pull request", () => {
  it("is merge base to head, with its counts", async () => {
    await github.push("acme/shop", "main", { files: { "later.txt": "on main\n" } });
    expect(await app.send("GET /repos/acme/shop/pulls/1")).toMatchObject({
      status: 200,
      body: { additions: 2, deletions: 2, changed_files: 1, commits: 1, draft: false, state: "open" },
    });
  });

  it("is 404 where there is none, and so is an issue asked for as one", async () => {
    const issue = github.createIssue({ repo: "acme/shop", title: "A bug", author: "carol" });
    expect((await app.send("GET /repos/acme/shop/pulls/999")).status).toBe(404);
    expect((await app.send(`GET /repos/acme/shop/pulls/${issue.number}`)).status).toBe(404);
    expect((await app.send(`GET /repos/acme/shop/issues/${issue.number}`)).status).toBe(200);
  });

  it("has a diff as text", async () => {
    const diff = await app.send("GET /repos/acme/shop/pulls/1", undefined, "application/vnd.github.diff");
    expect(diff.status).toBe(200);
    expect(diff.body).toMatch(/^diff --git a\/src\/pay\.ts b\/src\/pay\.ts\n/);
    expect(diff.body).toContain("@@ -7,7 +7,8 @@ line 6\n line 7\n line 8\n line 9\n-line 10\n+line ten\n");
  });

  it.each([
    { title: "too many files", files: Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`many/${at}`, "x\n"])) },
    { title: "too many lines", files: { "long.txt": "x\n".repeat(41) } },
  ])("of $title has none: 406", async ({ title, files }) => {
    const path = await openWith(title.replaceAll(" ", "-"), files);
    expect(await app.send(`GET ${path}`, undefined, "application/vnd.github.diff")).toMatchObject({
      status: 406,
      body: { errors: [{ code: "too_large" }] },
    });
    expect((await app.send(`GET ${path}`)).status).toBe(200);
  });
});

describe("the list of files", () => {
  it("comes in pages and ends at the limit", async () => {
    const files = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`page/${at}.txt`, `${at}\n`]));
    const path = `${await openWith("pages", files)}/files`;
    const first = await app.send(`GET ${path}?per_page=5`);
    expect(first.body).toHaveLength(5);
    expect(first.headers.get("link")).toMatch(/page=2>; rel="next".*page=2>; rel="last"/);
    const second = await app.send(`GET ${path}?per_page=5&page=2`);
    expect(second.body).toHaveLength(3);
    expect(second.headers.get("link")).not.toContain("next");
  });

  it("leaves the patch out of large, binary and merely renamed files", async () => {
    await github.push("acme/shop", "kinds", {
      from: "main",
      deleted: ["README.md"],
      files: {
        "READ.md": "# Shop\n",
        "large.txt": "0123456789\n".repeat(30),
        "tool.sh": { content: "true\n", mode: "100755" },
        link: { content: "tool.sh", mode: "120000" },
        'naïve "name".txt': "x\n",
        "data.bin": new Uint8Array([0, 255, 0]),
      },
    });
    const pull = await github.openPullRequest({ repo: "acme/shop", head: "kinds", title: "Kinds", author: "alice" });
    const { body } = await app.send(`GET /repos/acme/shop/pulls/${pull.number}/files`);
    expect(body).toMatchObject([
      { filename: "READ.md", status: "renamed", previous_filename: "README.md", changes: 0 },
      { filename: "data.bin", status: "added", additions: 0 },
      { filename: "large.txt", status: "added", additions: 30 },
      { filename: "link", patch: "@@ -0,0 +1 @@\n+tool.sh\n\\ No newline at end of file" },
      { filename: 'naïve "name".txt', patch: "@@ -0,0 +1 @@\n+x" },
      { filename: "tool.sh", patch: "@@ -0,0 +1 @@\n+true" },
    ]);
    const withPatch = Array.isArray(body) ? body.filter((file) => "patch" in file).length : 0;
    expect(withPatch).toBe(3);
  });
});

describe("files", () => {
  it("are read as JSON or raw, at any ref", async () => {
    const content = Buffer.from("# Shop\n").toString("base64");
    expect(await app.send("GET /repos/acme/shop/contents/README.md")).toMatchObject({ body: { content, size: 7 } });
    const raw = await app.send(
      "GET /repos/acme/shop/contents/src/pay.ts?ref=feature",
      undefined,
      "application/vnd.github.raw",
    );
    expect(raw.body).toContain("line ten and a half\n");
    expect((await app.send("GET /repos/acme/shop/contents/no/such/file")).status).toBe(404);
  });

  it("are compared between commits", async () => {
    expect(await app.send("GET /repos/acme/shop/compare/main...feature")).toMatchObject({
      status: 200,
      body: { status: "diverged", ahead_by: 1, behind_by: 1, files: [{ filename: "src/pay.ts" }] },
    });
  });
});

it("what is not imitated is 501 and says so", async () => {
  expect(await app.send("GET /repos/acme/shop/pulls?sort=popularity")).toMatchObject({
    status: 501,
    body: { message: expect.stringContaining("the query parameter sort") },
  });
  expect(await app.send("GET /repos/acme/shop/branches")).toMatchObject({
    status: 501,
    body: { message: "The simulator does not imitate GET /repos/acme/shop/branches." },
  });
});

it("every answer tells what is left of the hour", async () => {
  const before = (await app.send("GET /repos/acme/shop")).headers;
  const after = (await app.send("GET /repos/acme/shop/pulls/999")).headers;
  expect(before.get("x-ratelimit-limit")).toBe("5000");
  expect(Number(after.get("x-ratelimit-remaining"))).toBe(Number(before.get("x-ratelimit-remaining")) - 1);
});
