import { z } from "zod";
import { fullName, repoPage } from "../json/urls.ts";
import { readPulls } from "../permission.ts";
import type { Repo } from "../state.ts";
import { actorNode } from "./actor-node.ts";
import { connection } from "./connection.ts";
import { allow, noSuchPull } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";
import { gitObject, refNode } from "./git-nodes.ts";
import { conversationNode, pullNode } from "./pull-node.ts";

const numberArgument = z.looseObject({ number: z.number() });
const objectArguments = z.looseObject({ expression: z.string().nullish(), oid: z.string().nullish() });
const refArgument = z.looseObject({ qualifiedName: z.string() });
const statesArgument = z.looseObject({ states: z.array(z.string()).nullish() });

const findPull = (asking: Asking, repo: Repo, args: unknown): Fields => {
  allow(asking, repo, readPulls);
  const { number } = numberArgument.parse(args);
  const pull = repo.conversations.get(number);
  if (pull?.kind !== "pull") throw noSuchPull(number);
  return pullNode(asking, pull);
};

const listPulls = (asking: Asking, repo: Repo, args: unknown): Fields => {
  allow(asking, repo, readPulls);
  const { states } = statesArgument.parse(args);
  const pulls = [...repo.conversations.values()]
    .filter((item) => item.kind === "pull")
    .filter((pull) => states?.includes(pull.merged ? "MERGED" : pull.state.toUpperCase()) ?? true);
  return connection(args, pulls, (pull) => pullNode(asking, pull));
};

const findConversation = (asking: Asking, repo: Repo, args: unknown): Fields => {
  const { number } = numberArgument.parse(args);
  const item = repo.conversations.get(number);
  if (item === undefined) throw noSuchPull(number);
  return conversationNode(asking, item);
};

export const repositoryNode = (asking: Asking, repo: Repo): Fields => ({
  __typename: "Repository",
  id: repo.nodeId,
  databaseId: repo.id,
  name: repo.name,
  nameWithOwner: fullName(repo),
  url: repoPage(asking.world, repo),
  owner: () => actorNode(asking.world, repo.owner),
  isPrivate: repo.private,
  isFork: repo.parent !== null,
  isArchived: false,
  visibility: repo.private ? "PRIVATE" : "PUBLIC",
  createdAt: repo.createdAt,
  pushedAt: repo.pushedAt,
  defaultBranchRef: () => refNode(asking, repo, repo.defaultBranch),
  ref: (args: unknown) => refNode(asking, repo, refArgument.parse(args).qualifiedName.replace(/^refs\/heads\//, "")),
  object: (args: unknown) => {
    const { expression, oid } = objectArguments.parse(args);
    return gitObject(asking, repo, expression ?? oid ?? "");
  },
  pullRequest: (args: unknown) => findPull(asking, repo, args),
  pullRequests: (args: unknown) => listPulls(asking, repo, args),
  issueOrPullRequest: (args: unknown) => findConversation(asking, repo, args),
});
