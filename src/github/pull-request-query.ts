import { z } from "zod";
import { databaseId } from "./database-id.ts";

const threadFragment = `fragment Threads on PullRequestReviewThreadConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id path diffSide line startLine isResolved
    comments(first: 50) { nodes { body url viewerDidAuthor authorAssociation author { kind: __typename login } } }
  }
}`;

const commentFragment = `fragment Comments on IssueCommentConnection {
  pageInfo { hasNextPage endCursor }
  nodes { fullDatabaseId id body viewerDidAuthor }
}`;

/**
 * The base branch's policy file is reached through `baseRef`, because a query cannot name a branch that it is about
 * to learn; so one request is enough.
 */
export const pullRequestQuery = `query ReadPullRequest($owner: String!, $name: String!, $number: Int!, $policyPath: String!) {
  repository(owner: $owner, name: $name) {
    databaseId isPrivate
    defaultBranchRef { name target { ...Policy } }
    pullRequest(number: $number) {
      id title body url state isDraft authorAssociation viewerDidAuthor isCrossRepository
      author { kind: __typename login }
      headRefOid headRefName headRepository { databaseId }
      baseRefOid baseRefName baseRef { target { ...Policy } }
      labels(first: 100) { nodes { name } }
      commits(last: 50) { nodes { commit { message } } }
      closingIssuesReferences(first: 5) { nodes { number title body } }
      reviewThreads(first: 100) { ...Threads }
      comments(first: 100) { ...Comments }
    }
  }
}
fragment Policy on GitObject { ... on Commit { file(path: $policyPath) { object { ... on Blob { text } } } } }
${threadFragment}
${commentFragment}`;

/** What did not fit the first request: the next 100 threads and the next 100 comments, whichever there are. */
export const moreQuery = `query ReadMore(
  $owner: String!, $name: String!, $number: Int!
  $threadsAfter: String, $moreThreads: Boolean!, $commentsAfter: String, $moreComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $threadsAfter) @include(if: $moreThreads) { ...Threads }
      comments(first: 100, after: $commentsAfter) @include(if: $moreComments) { ...Comments }
    }
  }
}
${threadFragment}
${commentFragment}`;

const pageAfter = <T extends z.ZodType>(node: T) =>
  z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(node),
  });

/** Null for an account that was deleted. */
const actor = z.object({ kind: z.string(), login: z.string() }).nullable();

const thread = z.object({
  id: z.string(),
  path: z.string(),
  diffSide: z.enum(["LEFT", "RIGHT"]),
  line: z.int().nullable(),
  startLine: z.int().nullable(),
  isResolved: z.boolean(),
  comments: z.object({
    nodes: z.array(
      z.object({
        body: z.string(),
        url: z.string(),
        viewerDidAuthor: z.boolean(),
        authorAssociation: z.string(),
        author: actor,
      }),
    ),
  }),
});

const comment = z.object({
  fullDatabaseId: databaseId,
  id: z.string(),
  body: z.string(),
  viewerDidAuthor: z.boolean(),
});

const threads = pageAfter(thread);
const comments = pageAfter(comment);

/** A branch's tip with the policy file, where there is one; an empty object where the tip is no commit. */
const branch = z.object({
  target: z
    .object({
      file: z
        .object({ object: z.object({ text: z.string().nullable().optional() }).nullable() })
        .nullable()
        .optional(),
    })
    .nullable(),
});

const pullRequest = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  authorAssociation: z.string(),
  viewerDidAuthor: z.boolean(),
  isCrossRepository: z.boolean(),
  author: actor,
  headRefOid: z.string(),
  headRefName: z.string(),
  headRepository: z.object({ databaseId: z.int() }).nullable(),
  baseRefOid: z.string(),
  baseRefName: z.string(),
  baseRef: branch.nullable(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }).nullable(),
  commits: z.object({ nodes: z.array(z.object({ commit: z.object({ message: z.string() }) })) }),
  /** Null where issues may not be read, and so may each node be. */
  closingIssuesReferences: z
    .object({
      nodes: z.array(z.object({ number: z.int(), title: z.string(), body: z.string() }).nullable()).nullable(),
    })
    .nullish(),
  reviewThreads: threads,
  comments,
});

export const pullRequestAnswer = z.object({
  repository: z
    .object({
      databaseId: z.int(),
      isPrivate: z.boolean(),
      defaultBranchRef: branch.extend({ name: z.string() }),
      pullRequest: pullRequest.nullable(),
    })
    .nullable(),
});

export const moreAnswer = z.object({
  repository: z
    .object({ pullRequest: z.object({ reviewThreads: threads.optional(), comments: comments.optional() }).nullable() })
    .nullable(),
});

export type Actor = z.infer<typeof actor>;
export type Branch = z.infer<typeof branch>;
export type Thread = z.infer<typeof thread>;
export type Threads = z.infer<typeof threads>;
export type Comments = z.infer<typeof comments>;
export type RepositoryAnswer = NonNullable<z.infer<typeof pullRequestAnswer>["repository"]>;
export type PullRequestAnswer = z.infer<typeof pullRequest>;
