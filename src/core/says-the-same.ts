import type { Candidate } from "./candidate.ts";
import { defectTopics, withoutTopics, type DefectTopic } from "./defect-topics.ts";
import { foldSpace } from "./fold-space.ts";
import { contentWords, sharedCount, wordsOf } from "./words.ts";

/** Where a text stands beside a candidate: at its lines, nobody knows any more where, or at other lines of its file. */
export type SaidPlace = "near" | "anywhere" | "elsewhere";

/**
 * Whether a text that somebody wrote says what a candidate claims. Both are taken to the topics of defects that they
 * speak of and to their words, without the names in the quoted code, which every remark about a line shares. Where both
 * have topics and as many of the text's are foreign to the claim as are its own, they speak of different defects of one line.
 */
export const saysTheSame = (candidate: Candidate, text: string, place: SaidPlace): boolean => {
  const prose = proseOf(text);
  const common = inCommon(candidate, prose);
  if (common.claimHasTopics && common.saidTopics > 0 && common.topics <= common.otherTopics) return false;
  if (place === "near") return saysSameNear(common);
  const isAlike = common.weight >= 3 && common.share >= 0.6;
  return isAlike && (place === "anywhere" || namedIn(prose, candidate.quote) >= 2);
};

/** Two words alone may be chance, and so may a topic: "can be null" is said of many things in one line. */
const saysSameNear = ({ topics, words, names, otherWords, share }: Common): boolean => {
  if (topics === 0) return words >= 2 && share >= 0.5;
  return (otherWords <= 1 && words + names >= 1) || (words >= 1 && share >= 0.3);
};

interface Common {
  readonly claimHasTopics: boolean;
  readonly saidTopics: number;
  /** Topics and words that both hold. */
  readonly topics: number;
  readonly words: number;
  /** Topics of the text that the claim does not even touch on. */
  readonly otherTopics: number;
  /** Names of the quoted code that both mention. */
  readonly names: number;
  /** Words of the text, names of the quoted code among them, that the claim does not hold. */
  readonly otherWords: number;
  /** A word counts one, a topic two. */
  readonly weight: number;
  /** The weight of what both hold, of the shorter one's. */
  readonly share: number;
}

const inCommon = (candidate: Candidate, prose: string): Common => {
  const [claimed, said] = [claimedTopics(candidate), defectTopics(prose)];
  const touched = defectTopics(textOf(candidate));
  const [claimAll, saidAll] = [tellingWords(textOf(candidate)), tellingWords(prose)];
  const names = contentWords(foldSpace(candidate.quote));
  const [claimWords, saidWords] = [without(claimAll, names), without(saidAll, names)];
  const [topics, words] = [sharedCount(said, claimed), sharedCount(saidWords, claimWords)];
  const weight = 2 * topics + words;
  return {
    claimHasTopics: claimed.size > 0,
    saidTopics: said.size,
    topics,
    words,
    names: sharedCount(names, new Set([...saidAll].filter((word) => claimAll.has(word)))),
    otherTopics: without(said, touched).size,
    otherWords: without(saidAll, claimAll).size,
    weight,
    share: weight / Math.max(1, Math.min(2 * said.size + saidWords.size, 2 * claimed.size + claimWords.size)),
  };
};

/** What a claim is about stands in its title and trigger; its body also tells what else may come of it. */
const claimedTopics = ({ title, body, trigger }: Candidate): ReadonlySet<DefectTopic> => {
  const topics = defectTopics(`${title}\n${trigger ?? ""}`);
  return topics.size > 0 ? topics : defectTopics(body);
};

const textOf = ({ title, body, trigger }: Candidate): string => `${title}\n${body}\n${trigger ?? ""}`;

const tellingWords = (text: string): ReadonlySet<string> =>
  without(contentWords(withoutTopics(text).replaceAll(/\b(?:array|collection|slice)s?\b/giu, "list")), sayNothing);

const without = <T>(all: ReadonlySet<T>, those: ReadonlySet<T>): ReadonlySet<T> =>
  new Set([...all].filter((one) => !those.has(one)));

/** Stemmed words that remarks about any defect hold. */
const sayNothing = contentWords(
  "here this please use using add call called calls code line function value case handle return returned returns " +
    "throw throws thrown crash crashes raise raises exception error errors typeerror fail fails blow blows get gets make " +
    "makes need needs must always never doesn didn isn aren won don shouldn also well otherwise whenever possible possibly " +
    "potential issue bug problem wrong missing miss end ends ending",
);

/** What is said stands at the beginning; a comment may be 65,536 characters of unclosed brackets. */
const readChars = 6000;

/** A comment without what is no prose of its own: folded parts, code blocks, quotations, hidden marks, badges. */
const proseOf = (text: string): string =>
  text
    .slice(0, readChars)
    .replaceAll(/<!--[\s\S]*?-->/gu, " ")
    .replaceAll(/<details>[\s\S]*?<\/details>/giu, " ")
    .replaceAll(/```[\s\S]*?(?:```|$)/gu, " ")
    .replaceAll(/^\s*>.*$/gmu, " ")
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/gu, " ")
    .replaceAll(/^\s*_[^_\n]+_(?:\s*\|\s*_[^_\n]+_)*\s*$/gmu, " ");

/** Names of the quoted code that a text sets as code. */
const namedIn = (text: string, code: string): number => {
  const spans = [...text.matchAll(/`([^`\n]+)`/gu)].map(([, span]) => span ?? "");
  return sharedCount(wordsOf(spans.join(" ")), wordsOf(code));
};
