import { describe, expect, it } from "vitest";
import { claimOf, isSameDefect } from "../../src/core/same-defect.ts";
import { someJudged } from "../fakes/judged.ts";

/** Claims as two passes of a model word them, about one line of code. */
const pairs = [
  {
    quote: "const total = items.reduce((sum, item) => sum + item.price);",
    a: {
      title: "Pass an initial value to reduce",
      body: "With an empty cart `reduce` has no initial value and throws a TypeError, so the checkout page fails for new customers.",
    },
    again: {
      title: "reduce without initial value throws on empty cart",
      body: "Calling `reduce` on an empty array without an initial value throws TypeError. New customers with an empty cart get an error page.",
    },
    other: {
      title: "Multiply the price by the quantity",
      body: "The sum ignores how many of each article were ordered, so an order of three is charged once.",
    },
  },
  {
    quote: "await fs.writeFile(path, JSON.stringify(state));",
    a: {
      title: "Write the state file atomically",
      body: "If the process dies during the write, the file is left truncated and the next start fails to parse it. Write to a temporary file and rename it.",
    },
    again: {
      title: "A crash during write leaves a truncated file",
      body: "The write is not atomic: when the process is killed midway, the next start cannot parse the truncated JSON. Use a temporary file plus rename.",
    },
    other: {
      title: "Restrict the permissions of the stored tokens",
      body: "The tokens become readable for every local user, because the default mode is 0644.",
    },
  },
  {
    quote: "if user.role == 'admin' or request.args.get('debug'):",
    a: {
      title: "Do not grant admin access through a query parameter",
      body: "Anybody who adds `?debug=1` to the address passes the check and can delete accounts.",
    },
    again: {
      title: "Debug query parameter bypasses the admin check",
      body: "Adding `?debug=1` to the address lets anybody pass this check and delete accounts without being admin.",
    },
    other: {
      title: "Compare the enumeration, not its name",
      body: "Since the migration roles are an Enum, so the comparison with text is never true and owners lose their menu.",
    },
  },
];

const claim = (quote: string, words: { readonly title: string; readonly body: string }, fingerprint: string) =>
  claimOf(someJudged({ candidate: { quote, trigger: null, ...words }, evidence: { fingerprint } }));

describe("isSameDefect", () => {
  it.each(pairs)("sees that $again.title is $a.title", ({ quote, a, again }) => {
    expect(isSameDefect(claim(quote, a, "f1"), claim(quote, again, "f2"))).toBe(true);
    expect(isSameDefect(claim(quote, a, "f1"), claim(quote, again, "f1"))).toBe(true);
  });

  it.each(pairs)("sees that $other.title is not $a.title, on the same line", ({ quote, a, other }) => {
    expect(isSameDefect(claim(quote, a, "f1"), claim(quote, other, "f2"))).toBe(false);
    expect(isSameDefect(claim(quote, a, "f1"), claim(quote, other, "f1"))).toBe(false);
  });
});
