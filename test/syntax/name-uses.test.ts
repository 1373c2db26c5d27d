import { describe, expect, it } from "vitest";
import { createSyntax } from "../../src/syntax/create-syntax.ts";

const syntax = createSyntax();

/** One line for each use of `it`: the line, its part, the lines of a definition, and what it stands in. */
async function used(path: string, text: string, name = "it"): Promise<string[]> {
  const uses = (await syntax.uses(path, text, name)) ?? [];
  return uses.map(({ line, role, startLine, endLine, within }) =>
    [
      line,
      role,
      ...(role === "definition" ? [`${startLine}-${endLine}`] : []),
      ...(within === null ? [] : [`in ${within.name}`]),
    ].join(" "),
  );
}

describe("the uses of a name", () => {
  it.each([
    {
      what: "TypeScript",
      path: "a.ts",
      text: [
        'import { it } from "./it.ts";',
        "export const it = [1,",
        "  2];",
        "class A { it = 1 }",
        "enum E { it, other }",
        "interface I { it: string }",
        "const o = { it: 1, f: it };",
        "const p = { it: () => 1 };",
        "new it(); a.it<T>(); a?.it(); it`x`; await it!();",
        "list.map(it);",
        "const { it } = o; it.call(1);",
        "@it class D {}",
        "class B { m(it: string) { const it = 2; return it(it); } }",
      ],
      uses: [
        "1 import",
        "2 definition 2-3",
        "4 definition 4-4 in A",
        "5 definition 5-5 in E",
        "6 definition 6-6 in I",
        "7 other",
        "8 definition 8-8",
        "9 call",
        "10 other",
        "11 other",
        "12 call in D",
        "13 other in B.m",
        "13 call in B.m",
      ],
    },
    {
      what: "TSX",
      path: "a.tsx",
      text: ["const a = () => <it x={1} />;", "const b = <it>{it}</it>;"],
      uses: ["1 call in a", "2 call", "2 other"],
    },
    {
      what: "Python",
      path: "a.py",
      text: [
        "from x import it",
        "it = 1",
        "class A:",
        "    it: int = 2",
        "    def f(self):",
        "        self.it = 1",
        "        it = self.it(it)",
        "@cached",
        "def it(x):",
        "    pass",
        "f(it=1)",
        "@it",
        "def g(): pass",
      ],
      uses: [
        "1 import",
        "2 definition 2-2",
        "4 definition 4-4 in A",
        "6 definition 6-6 in A.f",
        "7 other in A.f",
        "7 call in A.f",
        "9 definition 8-10",
        "11 other",
        "12 call",
      ],
    },
    {
      what: "Go",
      path: "a.go",
      text: [
        "package a",
        "const it = 1",
        "type S struct { it int }",
        "type I interface { it(a int) error }",
        "func (s *S) it() {}",
        "func f() { it := 1; go it(); x.it(); _ = &pkg.it{}; g(it) }",
      ],
      uses: [
        "2 definition 2-2",
        "3 definition 3-3 in S",
        "4 definition 4-4 in I",
        "5 definition 5-5",
        "6 other in f",
        "6 call in f",
      ],
    },
    {
      what: "Java",
      path: "A.java",
      text: [
        "import a.it;",
        "class A {",
        "  static final int it = 1;",
        "  void it() { it(); x.it(); new a.it<T>(); }",
        "  void f() { int it = 2; f(X::it); it.f(); }",
        "  enum E { it, B }",
        "}",
        "record R(int it) {}",
      ],
      uses: [
        "1 import",
        "3 definition 3-3 in A",
        "4 definition 4-4 in A",
        "4 call in A.it",
        "5 other in A.f",
        "6 definition 6-6 in A.E",
        "8 definition 8-8 in R",
      ],
    },
    {
      what: "Rust",
      path: "a.rs",
      text: [
        "use a::it;",
        "static it: u8 = 1;",
        "struct S { it: u8 }",
        "enum E { it, B }",
        "impl S {",
        "  fn it(&self) { let it = 1; a::b::it::<T>(); self.it(); it!(x); it { b: 1 } }",
        "}",
        "fn g() { f(it); S::it; }",
      ],
      uses: [
        "1 import",
        "2 definition 2-2",
        "3 definition 3-3 in S",
        "4 definition 4-4 in E",
        "6 definition 6-6 in S",
        "6 other in S.it",
        "6 call in S.it",
        "8 other in g",
      ],
    },
    {
      what: "Ruby",
      path: "a.rb",
      text: ["It = 1", "class A", "  def f", "    It.new(1)", "    It.call(1)", "  end", "end", "M::It = 2"],
      name: "It",
      uses: ["1 definition 1-1", "4 call in A.f", "5 other in A.f", "8 definition 8-8"],
    },
    {
      what: "PHP",
      path: "a.php",
      text: [
        "<?php",
        "use a\\it;",
        "const it = 1;",
        "class A { const it = 1; public $it = 1; function it() { it(); $this->it(); A::it(); new it(); } }",
        "function f() { return A::it; }",
      ],
      uses: ["2 import", "3 definition 3-3", "4 definition 4-4 in A", "4 call in A.it", "5 other in f"],
    },
    {
      what: "C",
      path: "a.c",
      text: [
        "#define it 1",
        "static int it[3];",
        "extern int *it(int a);",
        "struct S { int it; };",
        "enum E { it, B };",
        "int *it(int a) { x->it(1); return g(it); }",
      ],
      uses: [
        "1 definition 1-1",
        "2 definition 2-2",
        "3 definition 3-3",
        "4 definition 4-4 in S",
        "5 definition 5-5 in E",
        "6 definition 6-6",
        "6 call in it",
        "6 other in it",
      ],
    },
    {
      what: "C++",
      path: "a.cpp",
      text: [
        "using it = int;",
        "class C { void it(int a); };",
        "int C::it(int a) { return it<int>(1) + x->it(2); }",
        "void f() { new a::it(); int it = 1; }",
      ],
      uses: [
        "1 definition 1-1",
        "2 definition 2-2 in C",
        "3 definition 3-3",
        "3 call in C::it",
        "4 call in f",
        "4 other in f",
      ],
    },
    {
      what: "C#",
      path: "a.cs",
      text: [
        "class A {",
        "  const int it = 1;",
        "  public int it { get; set; }",
        "  void F() { x?.it(); it<int>(1); new a.it(); int it = 1; f(it); }",
        "}",
        "enum E { it, B }",
      ],
      uses: [
        "2 definition 2-2 in A",
        "3 definition 3-3 in A",
        "4 call in A.F",
        "4 other in A.F",
        "6 definition 6-6 in E",
      ],
    },
    {
      what: "Kotlin",
      path: "a.kt",
      text: [
        "import a.it",
        "val it: Int get() = 1",
        "class A(val it: Int) {",
        "  fun it() { x.it(); it<Int>(1); val it = 1; f(it) }",
        "}",
        "enum class E { it, B }",
      ],
      uses: [
        "1 import",
        "2 definition 2-2",
        "3 definition 3-3 in A",
        "4 definition 4-4 in A",
        "4 call in A.it",
        "4 other in A.it",
        "6 definition 6-6 in E",
      ],
    },
  ])("are told apart in $what", async ({ path, text, uses, name }) => {
    expect(await used(path, text.join("\n"), name)).toEqual(uses);
  });

  it("are none in comments and strings", async () => {
    expect(await used("a.ts", '// it()\nconst a = "it()";')).toEqual([]);
  });
});
