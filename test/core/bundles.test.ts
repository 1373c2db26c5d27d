import { array, assert, constant, integer, nat, property, record, stringMatching, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { bundleFiles, type BundleFile, type FileLink } from "../../src/core/bundles.ts";

const files = (...paths: readonly string[]): readonly BundleFile[] => paths.map((path) => ({ path, size: 10 }));
const bounds = (size: number, most = 100) => ({ size, most });

describe("bundleFiles", () => {
  it.each<[what: string, given: readonly BundleFile[], links: readonly FileLink[], bundles: string[][]]>([
    ["keeps together what fits", files("a", "b"), [], [["a", "b"]]],
    ["has nothing to split", [], [], []],
    [
      "puts linked files together, wherever they stand",
      files("a/1", "a/2", "b/1", "b/2"),
      [
        { a: "a/1", b: "b/2", weight: 3 },
        { a: "b/1", b: "a/2", weight: 3 },
      ],
      [
        ["a/1", "b/2"],
        ["a/2", "b/1"],
      ],
    ],
    [
      "prefers the stronger link",
      files("a", "b", "c"),
      [
        { a: "a", b: "b", weight: 1 },
        { a: "b", b: "c", weight: 2 },
      ],
      [["a"], ["b", "c"]],
    ],
    [
      "falls back to folders",
      files("x/1", "y/1", "x/2", "y/2"),
      [],
      [
        ["x/1", "x/2"],
        ["y/1", "y/2"],
      ],
    ],
    [
      "leaves a file alone that is too large",
      [{ path: "big", size: 99 }, ...files("a", "b")],
      [],
      [["big"], ["a", "b"]],
    ],
    ["takes no heed of links to other files", files("a"), [{ a: "a", b: "gone", weight: 9 }], [["a"]]],
  ])("%s", (...[, given, links, bundles]) => {
    expect(bundleFiles(given, links, bounds(20))).toEqual(bundles);
  });

  const path = stringMatching(/^[abc](\/[abc]){0,2}\/[a-z]{1,3}$/);
  const someFiles = uniqueArray(record({ path, size: nat(120) }), {
    selector: (file) => file.path,
    maxLength: 30,
  });
  const change = someFiles.chain((given) => {
    const index = nat(Math.max(0, given.length - 1));
    const link = record({ from: index, to: index, weight: nat(4) }).map(({ from, to, weight }) => ({
      a: given[from]?.path ?? "a",
      b: given[to]?.path ?? "b",
      weight,
    }));
    return record({
      files: constant(given),
      links: array(link, { maxLength: 40 }),
      most: integer({ min: 1, max: 9 }),
    });
  });

  it("holds every file exactly once", () => {
    assert(
      property(change, ({ files: given, links, most }) => {
        const all = bundleFiles(given, links, bounds(100, most)).flat();
        expect(all.toSorted()).toEqual(given.map((file) => file.path).toSorted());
      }),
    );
  });

  it("stays under the size but for a file that is larger, as long as there may be as many bundles as it takes", () => {
    assert(
      property(change, ({ files: given, links }) => {
        const sizes = new Map(given.map((file) => [file.path, file.size]));
        for (const bundle of bundleFiles(given, links, bounds(100))) {
          const size = bundle.reduce((sum, each) => sum + (sizes.get(each) ?? 0), 0);
          expect(bundle.length === 1 || size <= 100).toBe(true);
        }
      }),
    );
  });

  it("makes no more bundles than allowed, and no more than twice as many as the size asks for", () => {
    assert(
      property(change, ({ files: given, links, most }) => {
        const total = given.reduce((sum, { size }) => sum + size, 0);
        expect(bundleFiles(given, links, bounds(100, most)).length).toBeLessThanOrEqual(most);
        expect(bundleFiles(given, links, bounds(120)).length).toBeLessThanOrEqual(Math.ceil((2 * total) / 120) + 1);
      }),
    );
  });

  it("is the same whatever the order of the links", () => {
    assert(
      property(change, ({ files: given, links, most }) => {
        const bundles = bundleFiles(given, links, bounds(100, most));
        expect(bundleFiles(given, links.toReversed(), bounds(100, most))).toEqual(bundles);
      }),
    );
  });
});
