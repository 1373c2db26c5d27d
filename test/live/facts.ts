import type { Fact } from "./fact.ts";
import { identityFacts } from "./facts/identity-facts.ts";
import { readingFacts } from "./facts/reading-facts.ts";
import { talkingFacts } from "./facts/talking-facts.ts";
import { webhookFacts } from "./facts/webhook-facts.ts";
import { reviewFacts } from "./facts/review-facts.ts";

/** Everything about GitHub that the app or the simulator stands on. A fact's number is its place, counted from 1. */
export const facts: readonly Fact[] = [
  ...webhookFacts,
  ...identityFacts,
  ...readingFacts,
  ...reviewFacts,
  ...talkingFacts,
];
