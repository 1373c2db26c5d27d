import { describe, expect, it } from "vitest";
import { readCommand } from "../../src/webhook/commands.ts";

const review = (focus: string | null = null, mode: "review" | "security" = "review") => ({
  kind: "review",
  mode,
  focus,
});

describe("readCommand", () => {
  it.each([
    ["@codex review", review()],
    ["@Codex REVIEW", review()],
    ["Please, @codex review the error paths", review("the error paths")],
    ["thanks\r\n\r\n@codex review: locking\r\nand more", review("locking")],
    ["@codex security review", review(null, "security")],
    ["@codex security review of the login", review("of the login", "security")],
    ["@codex help", { kind: "help" }],
    ["@codex, help me", { kind: "help" }],
    ["@codex what is this?", { kind: "unknown" }],
    ["@codex", { kind: "unknown" }],
    ["@mona is away, so @codex review this", review("this")],
    ["@codex, thanks!\n@codex review", review()],
    ["@codex review `parse()` and `@types`", review("`parse()` and `@types`")],
    ["@codex review a\u202Eb", review("ab")],
    ["(**@codex review**)", review()],
  ])("reads %j", (comment, command) => {
    expect(readCommand(comment, "@codex")?.command).toEqual(command);
  });

  it.each([
    ["a quote", "> @codex review"],
    ["an indented quote", "  > @codex review"],
    ["a code span", "write `@codex review` to start"],
    ["a fenced block", "```\n@codex review\n```"],
    ["a fence that never ends", "~~~text\n@codex review"],
    ["an indented block", "see\n\n    @codex review"],
    ["an HTML comment", "<!-- @codex review -->"],
    ["another handle", "@codex-bot review"],
    ["a longer handle", "@codexes review"],
    ["a team", "@acme/codex review"],
    ["a mail address", "me@codex review"],
    ["a path", "https://example.org/@codex review"],
    ["talk about the reviewer", "I think @codex is wrong here"],
    ["nothing", "looks good to me"],
  ])("finds no command in %s", (_where, comment) => {
    expect(readCommand(comment, "@codex")).toBeNull();
  });

  it("takes the first command and the words of its own line alone", () => {
    expect(readCommand("@codex review a\n@codex help", "@codex")?.command).toEqual(review("a"));
  });

  it("goes by the handle that the repository chose", () => {
    expect(readCommand("@robot review", "@codex")).toBeNull();
    expect(readCommand("@robot review", "@robot")?.command).toEqual(review());
  });

  it("takes any handle while the policy is not known", () => {
    expect(readCommand("@mona look, @robot review", null)?.mention).toBe("@robot");
    expect(readCommand("@mona look", null)?.mention).toBe("@mona");
    expect(readCommand("@robot review", null)?.mention).toBe("@robot");
  });

  it("cuts the words at 500 characters", () => {
    const command = readCommand(`@codex review ${"x".repeat(2_000)}`, "@codex")?.command;
    expect(command?.kind === "review" ? command.focus?.length : 0).toBe(500);
  });

  it("reads a long hostile comment in time", () => {
    const hostile = `${"`".repeat(20_000)} @codex ${"> ".repeat(20_000)}${"@codex-".repeat(5_000)}`;
    const before = process.hrtime.bigint();
    readCommand(hostile, "@codex");
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(2_000);
  });
});
