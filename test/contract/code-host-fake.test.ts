import { createFakeCodeHost } from "../fakes/fake-code-host.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { describeCodeHost } from "./code-host.ts";

describeCodeHost("the fake", () => {
  const pullRequest = somePullRequest();
  const host = createFakeCodeHost(pullRequest);
  host.state.permissions = new Map([
    ["mona", "write"],
    ["hubot", "read"],
  ]);
  host.state.acceptsLine = ({ anchor }) => anchor.line < 100;
  const goodLine = { path: "src/a.ts", side: "RIGHT", startLine: null, line: 12 } as const;
  return Promise.resolve({
    host,
    ref: someRef,
    headSha: pullRequest.headSha,
    goodLine,
    badLine: { ...goodLine, line: 400 },
    writer: "mona",
    reader: "hubot",
    loseAnswer: (method) => host.failNext(method, "lost_after"),
    close: () => Promise.resolve(),
  });
});
