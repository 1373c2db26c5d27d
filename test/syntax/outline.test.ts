import { describe, expect, it } from "vitest";
import { createSyntax } from "../../src/syntax/create-syntax.ts";

const syntax = createSyntax();

/** One line for each entry: "+" where other files may use it. */
async function outlined(path: string, text: string): Promise<string[]> {
  const entries = (await syntax.outline(path, text)) ?? [];
  return entries.map((entry) => `${entry.exported ? "+" : "-"} ${entry.kind} ${entry.name} ${entry.startLine}`);
}

describe("outline", () => {
  it("reads TypeScript: exports in every form, members, functions in variables", async () => {
    const text = `export class A<T> extends B {
  private x = 1;
  constructor() { super(); }
  async f(a: number): Promise<void> { const inner = () => 1; }
  static #p() {}
  private q() {}
  h = () => 1;
}
const g = (x: number) => x;
const limit = 1;
export { g };
export default function () {}
interface I { a: string }
export type T = string;
namespace N { export function inner() {} }
describe("x", () => {});
`;
    expect(await outlined("a.ts", text)).toEqual([
      "+ class A 1",
      "+ method constructor 3",
      "+ method f 4",
      "- method #p 5",
      "- method q 6",
      "+ method h 7",
      "+ function g 9",
      "+ function default 12",
      "- interface I 13",
      "+ type T 14",
      "- namespace N 15",
      "- function inner 15",
    ]);
  });

  it("reads JavaScript: prototypes and CommonJS exports", async () => {
    const text = `function parse() {}
function hidden() {}
Request.prototype.send = function () {};
exports.read = () => 1;
class K { f = () => 1; g() {} }
module.exports = { parse, K };
`;
    expect(await outlined("a.js", text)).toEqual([
      "+ function parse 1",
      "- function hidden 2",
      "- function Request.prototype.send 3",
      "+ function exports.read 4",
      "+ class K 5",
      "+ method f 5",
      "+ method g 5",
    ]);
  });

  it.each([
    {
      what: "Python",
      path: "a.py",
      text: "class A(B):\n  @dec\n  def f(self):\n    def inner(): pass\n  def _g(self): pass\n  def __len__(self): pass\nasync def top(): pass\n",
      entries: [
        "+ class A 1",
        "+ method f 3",
        "- function inner 4",
        "- method _g 5",
        "+ method __len__ 6",
        "+ function top 7",
      ],
    },
    {
      what: "Go",
      path: "a.go",
      text: "package a\ntype T struct{}\nfunc (t *T) Foo(x int) error { return nil }\nfunc bar() {}\n",
      entries: ["+ type T 2", "+ method Foo 3", "- function bar 4"],
    },
    {
      what: "Java",
      path: "A.java",
      text: "public class A {\n  public A() {}\n  @Override\n  public int f() { return 1; }\n  int g() { return 1; }\n}\ninterface I { void m(); }\n",
      entries: ["+ class A 1", "+ constructor A 2", "+ method f 3", "- method g 5", "- interface I 7", "- method m 7"],
    },
    {
      what: "Rust",
      path: "a.rs",
      text: "pub struct S;\nimpl S {\n  pub fn new() -> S { S }\n  fn p(&self) {}\n}\nimpl Drop for S { fn drop(&mut self) {} }\nmod other;\n",
      entries: [
        "+ struct S 1",
        "+ impl S 2",
        "+ method new 3",
        "- method p 4",
        "+ impl Drop for S 6",
        "+ method drop 6",
      ],
    },
    {
      what: "Ruby",
      path: "a.rb",
      text: "module M\n  class A < B\n    def f(x)\n    end\n    def self.g; end\n    private\n    def h; end\n  end\nend\n",
      entries: ["+ module M 1", "+ class A 2", "+ method f 3", "+ method g 5", "- method h 7"],
    },
    {
      what: "PHP",
      path: "a.php",
      text: "<?php\nclass A {\n  public function f() {}\n  private function g() {}\n}\nfunction h() {}\n",
      entries: ["+ class A 2", "+ method f 3", "- method g 4", "+ function h 6"],
    },
    {
      what: "C",
      path: "a.c",
      text: "static int f(int a) { return a; }\nstruct S { int a; };\nint *g(struct S *s) { return 0; }\ntypedef struct { int b; } T;\n",
      entries: ["- function f 1", "+ struct S 2", "+ function g 3", "+ type T 4"],
    },
    {
      what: "C++",
      path: "a.cpp",
      text: "namespace n {\nclass A {\n  int hidden() { return 1; }\npublic:\n  int f() { return 1; }\n};\n}\nint n::A::g() const { return 1; }\n",
      entries: ["+ namespace n 1", "+ class A 2", "- method hidden 3", "+ method f 5", "+ function n::A::g 8"],
    },
    {
      what: "C#",
      path: "a.cs",
      text: "public class A {\n  public int F() { return 1; }\n  int G() { return 1; }\n  public int P { get; set; }\n}\n",
      entries: ["+ class A 1", "+ method F 2", "- method G 3", "+ property P 4"],
    },
    {
      what: "Kotlin",
      path: "a.kt",
      text: "class A {\n  fun f(a: Int): Int = a\n  private fun g() {}\n}\nobject O { fun z() {} }\nfun String.top() {}\n",
      entries: ["+ class A 1", "+ method f 2", "- method g 3", "+ object O 5", "+ method z 5", "+ function top 6"],
    },
  ])("reads $what", async ({ path, text, entries }) => {
    expect(await outlined(path, text)).toEqual(entries);
  });

  it("gives each signature on one line, without the body", async () => {
    const text = `export async function pay(
  amount: number,
): Promise<void> {
  return;
}
const add = (a: number) => { return a; };
export class A extends B { x = 1 }
`;
    const entries = await syntax.outline("a.ts", text);
    expect(entries?.map((entry) => entry.signature)).toEqual([
      "async function pay( amount: number, ): Promise<void>",
      "add = (a: number)",
      "class A extends B",
    ]);
  });

  it("cuts a signature of endless length", async () => {
    const entries = await syntax.outline("a.ts", `function f(${"a".repeat(5000)}) {}`);
    expect(entries?.[0]?.signature).toHaveLength(200);
  });

  it("still outlines the sound part of a file that does not parse", async () => {
    expect(await outlined("a.py", "def good(): pass\n\ndef bad(:\n")).toContain("+ function good 1");
  });
});
