import { describe, expect, it } from "vitest";
import { linkFiles } from "../../src/core/file-links.ts";
import { changedFile } from "../fakes/changed-file.ts";

const file = (path: string, ...lines: readonly string[]) =>
  changedFile(path, [`@@ -1,1 +1,${lines.length} @@`, ...lines]);
const pairs = (links: ReturnType<typeof linkFiles>) =>
  links.map(({ a, b, weight }) => `${a} ${b} ${weight}`).toSorted();

describe("linkFiles", () => {
  it.each([
    ["test/core/run-agent.test.ts", "src/run-agent.ts"],
    ["tests/test_cart.py", "shop/cart.py"],
    ["pkg/cart_test.go", "pkg/cart.go"],
    ["src/test/java/CartTest.java", "src/main/java/Cart.java"],
    ["spec/cart_spec.rb", "lib/cart.rb"],
  ])("links the test %s to %s", (test, subject) => {
    expect(pairs(linkFiles([file(subject), file(test), file("src/other.ts")], []))).toEqual([`${test} ${subject} 4`]);
  });

  it.each([
    ["src/a/use.ts", 'import { pay } from "../b/pay.ts";', "src/b/pay.ts"],
    ["src/a/use.ts", 'export * from "./b";', "src/a/b/index.ts"],
    ["src/use.js", "const pay = require('./b/pay')", "src/b/pay.js"],
    ["shop/use.py", "from shop.b.pay import charge", "shop/b/pay.py"],
    ["shop/use.py", "from . import pay", "shop/pay.py"],
    ["src/Use.java", "import com.acme.b.Pay;", "src/com/acme/b/Pay.java"],
    ["src/use.c", '#include "b/pay.h"', "src/b/pay.h"],
    ["src/use.rs", "use crate::b::pay;", "src/b/pay.rs"],
  ])("links %s by %s to %s", (path, text, target) => {
    const links = linkFiles([file(path), file(target), file("src/c/other.ts")], [{ path, line: 1, text }]);
    expect(pairs(links)).toContain(`${path} ${target} 3`);
    expect(pairs(links).join()).not.toContain("other");
  });

  it("links a file that defines a changed name to the one that uses it", () => {
    const links = linkFiles([file("a.ts", "+export const total = 1;"), file("b.ts", "+  return total;")], []);
    expect(pairs(links)).toEqual(["a.ts b.ts 2"]);
  });

  it("does not link by a name that everybody uses", () => {
    const users = Array.from({ length: 12 }, (_, index) => file(`u${index}.ts`, "+  return total;"));
    expect(linkFiles([file("a.ts", "+export const total = 1;"), ...users], [])).toEqual([]);
  });
});
