import type { Judged } from "../../src/core/evidence.ts";
import { readMarkers } from "../../src/core/marker.ts";
import type { Syntax } from "../../src/review/ports.ts";
import { git, type OpenedRepository } from "../case/open-case.ts";
import { createCommentable } from "./commentable-lines.ts";
import type { EvalCandidate, EvalPosted, EvalResult } from "./result.ts";
import type { CaseReview } from "./review-case.ts";
import { trySuggestion } from "./try-suggestion.ts";

export interface Finished {
  readonly caseId: string;
  readonly opened: OpenedRepository;
  readonly review: CaseReview;
  readonly seconds: number | null;
  readonly byPlace: number;
}

/** What a review left, in the form that judge, score and report read. */
export const toResult = async (syntax: Pick<Syntax, "parseErrors">, finished: Finished): Promise<EvalResult> => {
  const { result, reviews } = finished.review;
  return {
    case: finished.caseId,
    headSha: result.headSha,
    candidates: result.judged.map(toCandidate),
    posted: await postedOf(syntax, finished),
    summary: reviews.map(({ body }) => body).join("\n\n"),
    coverage: result.coverage.map(({ path, read, reason }) => ({ path, read, reason })),
    notices: result.notices.map(({ text }) => text),
    usage: result.usage,
    seconds: finished.seconds,
    verdict: result.verdict,
    byPlace: finished.byPlace,
  };
};

const toCandidate = ({ candidate, evidence, verdicts, standing }: Judged): EvalCandidate => {
  const { origin, premises: _premises, rule: _rule, path, side, startLine, line, ...rest } = candidate;
  return {
    ...rest,
    ...(evidence.anchor ?? { path, side, startLine, line }),
    origin: origin.kind === "agent" ? "agent" : `${origin.analyzer}/${origin.rule}`,
    verdicts: verdicts.map(({ gate, action, reason }) => ({ gate, action, reason })),
    standing,
  };
};

const postedOf = async (syntax: Pick<Syntax, "parseErrors">, finished: Finished): Promise<readonly EvalPosted[]> => {
  const { opened, review } = finished;
  const { dir, baseSha, headSha } = opened;
  const isCommentable = createCommentable(git(dir, ["diff", "--no-color", `${baseSha}...${headSha}`]));
  const posted: EvalPosted[] = [];
  for (const { path, side, originalStartLine, originalLine, body } of review.reviews.flatMap((one) => one.comments)) {
    const anchor = { path, side, startLine: originalStartLine, line: originalLine };
    const suggestion = await trySuggestion(syntax, { body, anchor, text: fileAtHead(opened, path) });
    const candidate = candidateOf(review.result.judged, body);
    posted.push({ ...anchor, body, candidate, validLine: isCommentable(anchor), suggestion });
  }
  return posted;
};

const candidateOf = (judged: readonly Judged[], body: string): string | null => {
  const { fingerprints } = readMarkers(body);
  const found = judged.find(
    ({ standing, evidence }) => standing === "line" && fingerprints.includes(evidence.fingerprint),
  );
  return found?.candidate.id ?? null;
};

/** Null where the head has no such file. */
export const fileAtHead = ({ dir, headSha }: OpenedRepository, path: string): string | null => {
  const listed = git(dir, ["ls-tree", "--full-tree", "-z", headSha, "--", `:(literal)${path}`]);
  const [, sha] = /^\d+ blob ([0-9a-f]+)\t/.exec(listed) ?? [];
  return sha === undefined ? null : git(dir, ["cat-file", "blob", sha]);
};
