import type { RuffRule } from "./ruff-rule.ts";

/** Ways to run what somebody else wrote. Building SQL from text is not among them: too many tables come by constants. */
export const securityRules: readonly RuffRule[] = [
  {
    codes: ["S602", "S605"],
    severity: "P1",
    category: "security",
    title: "Start the program without a shell",
    happens: "A command that is put together goes through a shell, which runs whatever a value in it brings along.",
    unlessMessage: /seems safe/,
    confidence: 0.8,
  },
  {
    codes: ["S609"],
    severity: "P2",
    category: "security",
    title: "Do not leave the wildcard to the shell",
    happens: "A file whose name begins with a dash is taken for an option of the command when the wildcard expands.",
  },
  {
    codes: ["S612"],
    severity: "P1",
    category: "security",
    title: "Verify what logging.config.listen() receives",
    happens:
      "The listener runs configuration from its socket; without verify everybody who reaches the port runs code.",
  },
  {
    codes: ["PLE2502"],
    severity: "P1",
    category: "security",
    title: "Remove the bidirectional control characters",
    happens: "These characters reorder what an editor shows, so the code that runs is not the code that is read.",
  },
];
