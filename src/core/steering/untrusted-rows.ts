import type { ChangedFile } from "../change.ts";
import type { LinkedIssue } from "../pull-request.ts";

/** Where in a pull request a text stands; "elsewhere" is what only the reviewer saw, such as a file it opened. */
export type TextPlace =
  | { readonly part: "title" | "description" | "commit message" | "linked issue" | "branch name" | "file name" }
  | { readonly part: "elsewhere" }
  | { readonly part: "code"; readonly path: string; readonly line: number };

export interface UntrustedRow {
  readonly place: TextPlace;
  readonly text: string;
}

/** What anybody who opens a pull request may write. */
export interface ChangeWords {
  readonly title: string;
  readonly body: string;
  readonly commitMessages: readonly string[];
  readonly linkedIssues: readonly LinkedIssue[];
  /** Null where the change has none, as in a working tree. */
  readonly branch: string | null;
  readonly files: readonly ChangedFile[];
}

/** All texts of a change, each as its rows: one text for each run of added lines, which may hold a sentence in several. */
export const untrustedTexts = (words: ChangeWords): readonly (readonly UntrustedRow[])[] => {
  const { title, body, commitMessages, linkedIssues, branch, files } = words;
  return [
    rowsOf({ part: "title" }, title),
    rowsOf({ part: "description" }, body),
    ...commitMessages.map((message) => rowsOf({ part: "commit message" }, message)),
    ...linkedIssues.map((issue) => rowsOf({ part: "linked issue" }, `${issue.title}\n${issue.body}`)),
    ...(branch === null ? [] : [nameRow("branch name", branch)]),
    ...files.map(({ path }) => nameRow("file name", path)),
    ...files.flatMap(addedRuns),
  ];
};

const rowsOf = (place: TextPlace, text: string): readonly UntrustedRow[] =>
  text.split(/\r\n?|\n/).map((row) => ({ place, text: row }));

/** A name has no blanks: what parts its words does. */
const nameRow = (part: "branch name" | "file name", name: string): readonly UntrustedRow[] => [
  {
    place: { part },
    text: name
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
      .replaceAll(/[/\\]+/g, ". ")
      .replaceAll(/[-_+.~]+(?=\S)/g, " "),
  },
];

const addedRuns = ({ path, hunks }: ChangedFile): readonly (readonly UntrustedRow[])[] => {
  const runs: UntrustedRow[][] = [];
  for (const hunk of hunks) {
    let open: UntrustedRow[] | null = null;
    for (const line of hunk.lines) {
      if (line.kind === "added") {
        if (open === null) runs.push((open = []));
        open.push({ place: { part: "code", path, line: line.right }, text: line.text });
      } else open = null;
    }
  }
  return runs;
};
