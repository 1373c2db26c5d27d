import type { CandidateGate, Judged, SaidThread, Verdict } from "../evidence.ts";
import { rangeOf } from "../range-of.ts";
import { saysTheSame, type SaidPlace } from "../says-the-same.ts";

/** Lines between a thread and a finding that still count as one place. */
const slack = 2;

/**
 * Already said on this pull request: by this bot, another bot or linter, or a person with write access. Whoever else
 * says it, the pull request's author above all, silences nothing: the finding is posted as an answer there.
 */
export const said: CandidateGate = {
  name: "said",
  judge: (judged) => {
    const own = judged.evidence.threads.find((thread) => isOwn(thread, judged));
    if (own !== undefined) return drop(own, "self");
    const alike = judged.evidence.threads.filter((thread) => isAlike(thread, judged));
    const silencing = alike.find(({ author }) => silences[author]);
    if (silencing !== undefined) return drop(silencing, silencing.author);
    const thread = alike.find(({ threadId }) => threadId !== null);
    if (thread === undefined || thread.threadId === null) return keep("nobody said it before");
    const reason = `${speaker[thread.author]} says something alike, which silences nothing: ${thread.url}`;
    return { gate: "said", action: "keep", reason, replyTo: thread.threadId };
  },
};

const silences: Readonly<Record<SaidThread["author"], boolean>> = {
  self: true,
  bot: true,
  writer: true,
  pull_request_author: false,
  other: false,
};

const speaker: Readonly<Record<SaidThread["author"], string>> = {
  self: "this reviewer",
  bot: "another bot",
  writer: "somebody with write access",
  pull_request_author: "the pull request's author",
  other: "somebody without write access",
};

/** In a thread of our own, or as our answer in somebody else's. */
const isOwn = ({ fingerprints }: SaidThread, { evidence }: Judged): boolean =>
  fingerprints.includes(evidence.fingerprint);

const isAlike = (thread: SaidThread, judged: Judged): boolean => {
  const place = placeOf(thread, judged);
  return place !== null && saysTheSame(judged.candidate, thread.body, place);
};

/** Null in another file. An outdated thread has no line any more; then its words have to say more. */
const placeOf = (thread: SaidThread, judged: Judged): SaidPlace | null => {
  const { candidate, evidence } = judged;
  if (thread.path !== candidate.path && thread.path !== evidence.file?.path) return null;
  const range = rangeOf(judged);
  if (thread.line === null || range === null) return "anywhere";
  const start = (thread.startLine ?? thread.line) - slack;
  const near = thread.side === range.side && start <= range.endLine && range.startLine <= thread.line + slack;
  return near ? "near" : "elsewhere";
};

const keep = (reason: string): Verdict => ({ gate: "said", action: "keep", reason });
const drop = ({ url, isResolved }: SaidThread, by: SaidThread["author"]): Verdict => ({
  gate: "said",
  action: "drop",
  reason: `already said by ${speaker[by]}: ${url}`,
  saidIn: { url, own: by === "self", isResolved },
});
