export const languageNames = [
  "javascript",
  "typescript",
  "tsx",
  "python",
  "go",
  "java",
  "rust",
  "ruby",
  "php",
  "c",
  "cpp",
  "csharp",
  "kotlin",
] as const;

export type Language = (typeof languageNames)[number];

/** By a path's extension in lower case. Headers are read as C++, whose grammar takes nearly all of C. */
const languages: ReadonlyMap<string, Language> = new Map([
  ["js", "javascript"],
  ["jsx", "javascript"],
  ["mjs", "javascript"],
  ["cjs", "javascript"],
  ["ts", "typescript"],
  ["mts", "typescript"],
  ["cts", "typescript"],
  ["tsx", "tsx"],
  ["py", "python"],
  ["pyi", "python"],
  ["go", "go"],
  ["java", "java"],
  ["rs", "rust"],
  ["rb", "ruby"],
  ["php", "php"],
  ["c", "c"],
  ["h", "cpp"],
  ["cc", "cpp"],
  ["cpp", "cpp"],
  ["cxx", "cpp"],
  ["hh", "cpp"],
  ["hpp", "cpp"],
  ["hxx", "cpp"],
  ["cs", "csharp"],
  ["kt", "kotlin"],
  ["kts", "kotlin"],
]);

/** The language of a path by its extension, null where no grammar is at hand. */
export function languageOf(path: string): Language | null {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? null : (languages.get(extension) ?? null);
}
