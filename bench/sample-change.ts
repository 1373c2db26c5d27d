import type { Push } from "../src/simulator/simulator.ts";

/** `steps` is how many lines of each file differ from variant to variant. */
export interface SampleSize {
  readonly files: number;
  readonly steps: number;
}

/** Source files, four in five TypeScript, the rest Python. */
export const sampleFiles = ({ files, steps }: SampleSize, variant: number): NonNullable<Push["files"]> =>
  Object.fromEntries(
    Array.from({ length: files }, (_, index) =>
      index % 5 === 4
        ? [`src/module${index}.py`, pythonModule(index, variant, steps)]
        : [`src/module${index}.ts`, typescriptModule(index, variant, steps)],
    ),
  );

const numbered = (steps: number, lines: (step: number) => string): string =>
  Array.from({ length: steps }, (_, k) => lines(k)).join("");

const typescriptModule = (index: number, variant: number, steps: number): string =>
  `/** Adds up what step ${index} makes of its input. */\nexport const sum${index} = (input: number): number => {\n  let total = 0;\n` +
  numbered(steps, (k) => `${changedLine({ file: index, number: k, variant })}\n  total += step${k};\n`) +
  "  return total;\n};\n";

const pythonModule = (index: number, variant: number, steps: number): string =>
  `"""Adds up what step ${index} makes of its input."""\n\n\ndef sum${index}(value):\n    total = 0\n` +
  numbered(steps, (k) => `    step${k} = value * ${variant + 2} + ${k} - ${index}\n    total += step${k}\n`) +
  "    return total\n";

/** A line of a TypeScript module that differs from variant to variant. */
export const changedLine = (at: { readonly file: number; readonly number: number; readonly variant: number }): string =>
  `  const step${at.number} = input * ${at.variant + 2} + ${at.number} - ${at.file};`;
