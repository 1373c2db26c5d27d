import { metadata, readChecks, readPulls } from "../permission.ts";
import type { Node } from "../state.ts";
import { isVisible, visibleThreads } from "../actions/threads.ts";
import { notImitated } from "../github-error.ts";
import { issueCommentNode, reviewCommentNode, reviewNode, threadNode } from "./comment-nodes.ts";
import { allow, noSuchNode } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";
import { conversationNode } from "./pull-node.ts";
import { repositoryNode } from "./repository-node.ts";

/** The entity behind a node id; a pending review and its comments are there for their author alone. */
export function requireNode(asking: Asking, id: string): Node {
  const node = asking.world.state.nodes.get(id);
  if (node === undefined || !isShown(asking, node)) throw noSuchNode(id);
  return node;
}

const isShown = (asking: Asking, node: Node): boolean => {
  if (!("kind" in node)) return true;
  if (node.kind === "review") return node.state !== "PENDING" || node.author.id === asking.viewer.id;
  if (node.kind === "review_comment") return isVisible(node, asking.viewer);
  return node.kind !== "thread" || visibleThreads(node.pull, asking.viewer).includes(node);
};

/** `node(id:)`, with the permission that the entity's own fields need. */
export function nodeById(asking: Asking, id: string): Fields {
  const node = requireNode(asking, id);
  if ("gitDir" in node) {
    allow(asking, node, metadata);
    return repositoryNode(asking, node);
  }
  if ("suite" in node) {
    allow(asking, node.suite.repo, readChecks);
    throw notImitated("check runs in GraphQL");
  }
  if (node.kind === "pull" || node.kind === "issue") return conversationNode(asking, node);
  if (node.kind === "issue_comment") {
    conversationNode(asking, node.issue);
    return issueCommentNode(asking, node);
  }
  const pull = node.kind === "review_comment" ? node.thread.pull : node.pull;
  allow(asking, pull.repo, readPulls);
  if (node.kind === "thread") return threadNode(asking, node);
  return node.kind === "review" ? reviewNode(asking, node) : reviewCommentNode(asking, node);
}
