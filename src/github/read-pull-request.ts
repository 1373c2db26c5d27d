import type { SaidThread } from "../core/evidence.ts";
import { readMarkers } from "../core/marker.ts";
import type { OwnComment, PullRequestRef, PullRequestSnapshot } from "../core/pull-request.ts";
import type { CodeHost } from "../review/ports.ts";
import { isBot, loginOf } from "./actor.ts";
import type { Connection } from "./connection.ts";
import { isNotFound, type GraphqlProblem } from "./graphql-call.ts";
import { nullWhenGone } from "./null-when-gone.ts";
import {
  moreAnswer,
  moreQuery,
  pullRequestAnswer,
  pullRequestQuery,
  type Branch,
  type Comments,
  type PullRequestAnswer,
  type RepositoryAnswer,
  type Threads,
} from "./pull-request-query.ts";
import { pullRequestVariables } from "./route-parameters.ts";
import { toSaidThread } from "./said-thread.ts";

const policyPath = ".github/codex-review.yml";

export const readPullRequest =
  (connection: Connection): CodeHost["readPullRequest"] =>
  (ref, signal) =>
    nullWhenGone(async () => {
      const variables = { ...pullRequestVariables(ref), policyPath };
      const call = { ref, step: "read", query: pullRequestQuery, variables, answer: pullRequestAnswer } as const;
      const { repository } = await connection.query({ ...call, tolerates: isHarmless }, signal);
      // The name may belong to another repository by now; the id never does.
      if (repository?.databaseId !== ref.repositoryId || repository.pullRequest === null) return null;
      const { pullRequest } = repository;
      const talk = await readWhole(connection, { ref, pullRequest }, signal);
      return toSnapshot(ref, { repository, pullRequest, talk });
    });

/** Issues may be closed to a token that reads the pull request; the review goes on without them. */
const isHarmless = (problem: GraphqlProblem): boolean =>
  isNotFound(problem) || (problem.path?.includes("closingIssuesReferences") ?? false);

interface Talk {
  readonly threads: Threads["nodes"];
  readonly comments: Comments["nodes"];
}

/** All threads and comments of the conversation: what the first request did not hold, 100 and 100 at a time. */
const readWhole = async (
  connection: Connection,
  { ref, pullRequest }: { readonly ref: PullRequestRef; readonly pullRequest: PullRequestAnswer },
  signal: AbortSignal,
): Promise<Talk> => {
  const threads = [...pullRequest.reviewThreads.nodes];
  const comments = [...pullRequest.comments.nodes];
  let threadsAfter = cursorAfter(pullRequest.reviewThreads);
  let commentsAfter = cursorAfter(pullRequest.comments);
  while (threadsAfter !== null || commentsAfter !== null) {
    const after = {
      threadsAfter,
      moreThreads: threadsAfter !== null,
      commentsAfter,
      moreComments: commentsAfter !== null,
    };
    const variables = { ...pullRequestVariables(ref), ...after };
    const call = { ref, step: "read", query: moreQuery, variables, answer: moreAnswer } as const;
    const { repository } = await connection.query({ ...call, tolerates: isNotFound }, signal);
    const more = repository?.pullRequest;
    threads.push(...(more?.reviewThreads?.nodes ?? []));
    comments.push(...(more?.comments?.nodes ?? []));
    threadsAfter = cursorAfter(more?.reviewThreads);
    commentsAfter = cursorAfter(more?.comments);
  }
  return { threads, comments };
};

const cursorAfter = (page: Threads | Comments | undefined): string | null =>
  page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;

const toSnapshot = (
  ref: PullRequestRef,
  read: { readonly repository: RepositoryAnswer; readonly pullRequest: PullRequestAnswer; readonly talk: Talk },
): PullRequestSnapshot => {
  const { repository, pullRequest, talk } = read;
  const author = loginOf(pullRequest.author);
  return {
    ref,
    nodeId: pullRequest.id,
    title: pullRequest.title,
    body: pullRequest.body,
    author,
    authorIsBot: isBot(pullRequest.author),
    authorAssociation: pullRequest.authorAssociation,
    isOwn: pullRequest.viewerDidAuthor,
    state: states[pullRequest.state],
    isDraft: pullRequest.isDraft,
    headSha: pullRequest.headRefOid,
    headRef: pullRequest.headRefName,
    headRepositoryId: pullRequest.headRepository?.databaseId ?? null,
    isFork: pullRequest.isCrossRepository,
    baseSha: pullRequest.baseRefOid,
    baseRef: pullRequest.baseRefName,
    defaultBranch: repository.defaultBranchRef.name,
    isPrivate: repository.isPrivate,
    labels: (pullRequest.labels?.nodes ?? []).map((label) => label.name),
    commitMessages: pullRequest.commits.nodes.map(({ commit }) => commit.message),
    linkedIssues: (pullRequest.closingIssuesReferences?.nodes ?? []).filter((issue) => issue !== null),
    threads: talk.threads.map((thread) => toSaidThread(thread, author)).filter(isThread),
    ownComments: talk.comments.flatMap(toOwnComment),
    policyOnBase: policyOf(pullRequest.baseRef),
    policyOnDefault: policyOf(repository.defaultBranchRef),
    url: pullRequest.url,
  };
};

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

const isThread = (thread: SaidThread | null): thread is SaidThread => thread !== null;

const toOwnComment = ({ fullDatabaseId, id, body, viewerDidAuthor }: Comments["nodes"][number]): OwnComment[] => {
  if (!viewerDidAuthor) return [];
  const { runId, key, fingerprints } = readMarkers(body);
  const marked = runId !== null || key !== null || fingerprints.length > 0;
  return marked ? [{ id: fullDatabaseId, nodeId: id, body }] : [];
};

const policyOf = (branch: Branch | null): string | null => branch?.target?.file?.object?.text ?? null;
