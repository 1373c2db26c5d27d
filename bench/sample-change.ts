import type { Push } from "../src/simulator/simulator.ts";

const steps = 25;
export const changedLinesPerFile = steps * 2;

/** `count` source files, four in five TypeScript, the rest Python; every variant differs in the same 25 lines of each. */
export const sampleFiles = (count: number, variant: number): NonNullable<Push["files"]> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) =>
      index % 5 === 4
        ? [`src/module${index}.py`, pythonModule(index, variant)]
        : [`src/module${index}.ts`, typescriptModule(index, variant)],
    ),
  );

const numbered = (lines: (step: number) => string): string =>
  Array.from({ length: steps }, (_, k) => lines(k)).join("");

const typescriptModule = (index: number, variant: number): string =>
  `/** Adds up what step ${index} makes of its input. */\nexport const sum${index} = (input: number): number => {\n  let total = 0;\n` +
  numbered((k) => `  const step${k} = input * ${variant + 2} + ${k} - ${index};\n  total += step${k};\n`) +
  "  return total;\n};\n";

const pythonModule = (index: number, variant: number): string =>
  `"""Adds up what step ${index} makes of its input."""\n\n\ndef sum${index}(value):\n    total = 0\n` +
  numbered((k) => `    step${k} = value * ${variant + 2} + ${k} - ${index}\n    total += step${k}\n`) +
  "    return total\n";
