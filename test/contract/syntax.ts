import { describe, expect, it } from "vitest";
import type { Syntax } from "../../src/review/ports.ts";

const source = `import { read } from "./read.ts";

// total is added up here
export function total(prices: number[]) {
  const label = "total";
  return prices.reduce((sum, price) => sum + price, 0);
}

class Cart {
  add(price: number) {
    return total([price]);
  }
}
`;

/** What every Syntax answers, on code that also a simple fake understands. */
export function describeSyntax(name: string, create: () => Syntax): void {
  describe(`Syntax: ${name}`, () => {
    const syntax = create();

    it("knows languages by the path alone", () => {
      expect(syntax.languageOf("src/cart.ts")).toBe("typescript");
      expect(syntax.languageOf("README")).toBeNull();
    });

    it("outlines functions and classes with their lines", async () => {
      const outline = await syntax.outline("src/cart.ts", source);
      const entries = outline?.map(({ kind, name: of, startLine, endLine, exported }) => [
        kind,
        of,
        startLine,
        endLine,
        exported,
      ]);
      expect(entries).toContainEqual(["function", "total", 4, 7, true]);
      expect(entries).toContainEqual(["class", "Cart", 9, 13, false]);
    });

    it("answers null without a grammar", async () => {
      expect(await syntax.outline("notes.txt", "hello")).toBeNull();
      expect(await syntax.parseErrors("notes.txt", "hello(")).toBeNull();
      expect(await syntax.identifierLines("notes.txt", "hello", "hello")).toBeNull();
      expect(await syntax.uses("notes.txt", "hello", "hello")).toBeNull();
    });

    it("finds no error in code that parses", async () => {
      expect(await syntax.parseErrors("src/cart.ts", source)).toEqual([]);
    });

    it("finds the error in code that does not parse", async () => {
      const broken = "const a = 1;\nfunction f( {\n  return a;\n";
      expect(await syntax.parseErrors("src/a.ts", broken)).not.toEqual([]);
    });

    it("finds names in code, not in comments or strings", async () => {
      expect(await syntax.identifierLines("src/cart.ts", source, "total")).toEqual([4, 11]);
      expect(await syntax.identifierLines("src/cart.ts", source, "tot")).toEqual([]);
    });

    it("tells what the uses of a name are, and in which definition they stand", async () => {
      const uses = await syntax.uses("src/cart.ts", source, "total");
      expect(uses?.map(({ line, role, startLine, endLine }) => [line, role, startLine, endLine])).toEqual([
        [4, "definition", 4, 7],
        [11, "call", 11, 11],
      ]);
      expect(uses?.[0]?.within).toBeNull();
      expect(uses?.[1]?.within?.name).toContain("Cart");
      expect(await syntax.uses("src/cart.ts", source, "read")).toMatchObject([{ line: 1, role: "import" }]);
      expect(await syntax.uses("src/cart.ts", source, "tot")).toEqual([]);
    });
  });
}
