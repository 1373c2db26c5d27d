import { createLockFileCheck } from "../../src/analyzers/lock-file-check.ts";
import { createOxlint } from "../../src/analyzers/oxlint.ts";
import { createRuff } from "../../src/analyzers/ruff.ts";
import { createSecretlint } from "../../src/analyzers/secretlint.ts";
import { describeAnalyzer } from "../contract/analyzer.ts";
import { createFakeAnalyzer } from "../fakes/fake-analyzer.ts";
import { fakeToken } from "./fake-token.ts";

describeAnalyzer(createFakeAnalyzer, { path: "a.fake", text: "fine\na BUG\n", line: 2, rule: "bug" });

describeAnalyzer(createOxlint, {
  path: "src/a.ts",
  text: "export function f(a: number): number {\n  a = a;\n  return a;\n}\n",
  line: 2,
  rule: "no-self-assign",
});

describeAnalyzer(createRuff, {
  path: "src/a.py",
  text: 'def f(a):\n    assert (a, "a is needed")\n    return a\n',
  line: 2,
  rule: "F631",
});

describeAnalyzer(createSecretlint, {
  path: "deploy.sh",
  text: `#!/bin/sh\nexport GITHUB_TOKEN=${fakeToken.github}\n`,
  line: 2,
  rule: "github",
});

describeAnalyzer(createLockFileCheck, {
  path: "go.sum",
  baseText: "example.com/a v1.0.0 h1:aaaa=\n",
  text: "example.com/a v1.0.0 h1:bbbb=\nexample.com/b v1.0.0 h1:cccc=\n",
  line: 1,
  rule: "integrity-changed",
});
