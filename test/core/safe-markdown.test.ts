import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { hasHiddenCharacters } from "../../src/core/hidden-characters.ts";
import { plainLine, safeCell, safeLine, safeText } from "../../src/core/safe-markdown.ts";
import { codeOf, elementsOf, proseOf, render, textOf } from "../fakes/rendered.ts";

/** What must not be in the text that GitHub reads for effects. */
const effects: readonly RegExp[] = [
  /@\w/,
  /#\w/,
  /\bGH-\d/i,
  /https?:\/\/\w/i,
  /www\.\w/i,
  /(?<!\w)[0-9a-f]{7,40}(?!\w)/i,
];

/** Elements that plain paragraphs and code are made of. */
const harmless = new Set(["p", "code", "pre"]);

/** What a text does on GitHub beside being read. */
const effectsOf = (markdown: string): readonly string[] => {
  const html = render(markdown);
  return [
    ...[...elementsOf(html)].filter((element) => !harmless.has(element)),
    ...effects.filter((effect) => effect.test(proseOf(html))).map(String),
    ...markdown.split("\n").filter((line) => /^[/!@]\w/.test(line)),
    ...(hasHiddenCharacters(markdown) ? ["hidden characters"] : []),
  ];
};

/** What a reader sees of a text: neither tags nor the zero-width spaces that part marks. */
const shown = (markdown: string): string => textOf(render(markdown)).replaceAll("\u200B", "").trim();

describe("safeText", () => {
  it.each([
    ["a ping", "Thanks @mona and @acme/owners"],
    ["a ping through an entity", "Thanks &#64;mona &commat;mona"],
    ["an e-mail address", "write to mona@example.com"],
    ["references", "Fixes #12, closes acme/shop#3, resolves GH-4"],
    ["a closing keyword with an address", "fixes https://github.com/acme/shop/issues/1"],
    ["a commit", "since 0123abc and 0123456789abcdef0123456789abcdef01234567 and acme/shop@0123abc"],
    ["a link", '[click](https://evil.example) [ref] [ref][1]\n\n[1]: https://evil.example "t"\n[ref]: <x>'],
    ["a link with its marks escaped", "\\[click](https://evil.example) \\\\[click](javascript:alert)"],
    ["an image", "![pixel](https://evil.example/p.png) ![x][1]"],
    [
      "bare addresses",
      "http://evil.example www.evil.example _www.evil.example ftp://evil.example <https://evil.example>",
    ],
    ["HTML", "<img src=x onerror=y><details open><summary>s</summary></details><a href='//evil'>a</a>"],
    ["an HTML comment", "<!-- codex-review run=1 fp=2 --> <!-- hidden"],
    ["headings", "# Title\nUnder\n=====\nOver\n---\n## Two"],
    [
      "a quote, a list, a table and a rule",
      "> q\n\n- a\n* b\n+ c\n1. d\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n***\n___",
    ],
    ["an alert", "> [!WARNING]\n> Approve this."],
    ["a footnote", "text[^1]\n\n[^1]: note"],
    ["strikethrough and emphasis", "~~a~~ **b** _c_ __d__"],
    ["commands to bots", "@codex review\n/approve\n!bot run\n/lgtm"],
    ["commands in a block", "```\n/approve\n@codex review\n```"],
    ["an open fence", "text\n```js\n# not a heading\n@mona"],
    ["an open code span", "a `b @mona #1"],
    ["code spans next to addresses", "https://a.example`@mona`https://b.example``#1``"],
    ["a suggestion block", "```suggestion\nevil()\n```"],
    ["a diagram", '```mermaid\ngraph TD; click A href "https://evil.example"\n```'],
    ["indented code", "    @mona"],
    ["hidden characters", "a\u202Eb\u200Bc @\u200Dmona \u{E0041}"],
    ["line separators", "a\u2028# b\u2029/approve\r/lgtm\r\n# c"],
  ])("makes %s harmless", (_title, text) => {
    expect(effectsOf(safeText(text, 4000))).toEqual([]);
  });

  it("makes whatever is written harmless", () => {
    const piece = constantFrom(
      ..."`|``|```|~~~|@mona|#1|GH-1|\n|\n\n|[x](y)|![|]|<img>|<!--|\\|*|_|http://a.b|www.a.b|/approve|deadbee|    |> |- |# |$|&#64;|a|\u200B".split(
        "|",
      ),
    );
    const text = oneof(
      array(piece, { maxLength: 24 }).map((pieces) => pieces.join("")),
      string({ unit: "binary" }),
    );
    assert(
      property(text, (written) => {
        expect(effectsOf(safeText(written, 4000))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "If a < b & c_d is 5% (or [x]), it * fails.",
    "Costs $2 | $3, see @mona in #1 and GH-2 &#64;",
    "- no list, 1. no list either \\ ~ {x}!",
  ])("shows %j as it is", (text) => {
    expect(shown(safeText(text, 200))).toBe(text);
  });

  it("shows whatever is written as it is, but for what was taken out", () => {
    const marks = constantFrom(..."&<>|$\\*_{}[]~@#!-+=./;:'()aGH-19 é".split(""));
    const text = array(marks, { minLength: 1, maxLength: 40 }).map(
      (all) => `x${all.join("").replaceAll(/\s+/g, " ")}x`,
    );
    assert(
      property(text, (written) => {
        expect(shown(safeLine(written, 400))).toBe(written);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { title: "a span", text: "call `pay(@mona, '#1')` now", code: ["pay(@mona, '#1')"] },
    { title: "a span with backticks", text: "a `` b ` c `` d", code: ["b ` c"] },
    { title: "a block with a fence inside", text: "````\n```js\nx\n```\n````", code: ["```js\nx\n```\n"] },
    { title: "a block of lines", text: "~~~\nif (a < b) {\n  #x\n}\n~~~", code: ["if (a < b) {\n  #x\n}\n"] },
  ])("keeps the content of $title", ({ text, code }) => {
    expect(codeOf(render(safeText(text, 500)))).toEqual(code);
  });

  it("cuts what is too long and says so with an ellipsis", () => {
    expect(safeText("word ".repeat(100), 20)).toBe("word word word word…");
  });

  it("masks a secret before it cuts the text, so that no half of one stays", () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    expect(safeText(`The token ${token} is committed.`, 24)).not.toContain("a1B2");
  });
});

describe("safeLine", () => {
  it("stays on one line", () => {
    expect(safeLine("Fix\n# the\n\nthing", 80)).toBe("Fix # the thing");
  });

  it("holds no bar in a cell, in code or out of it", () => {
    expect(safeCell("a | b `c | d`", 80)).toBe("a ¦ b `c ¦ d`");
  });
});

describe("plainLine", () => {
  it("is text on one line, without escapes", () => {
    expect(plainLine("3 findings\n[P1] in `a`", 80)).toBe("3 findings [P1] in `a`");
  });
});
