import { invalid } from "../github-error.ts";
import { nodeId } from "../node-id.ts";
import type { Issue, IssueComment, Pull } from "../state.ts";
import { announceIssueComment } from "../webhooks/conversation-events.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import type { Actor } from "./accounts.ts";

/** GitHub counts characters, not bytes: https://github.com/orgs/community/discussions/27190 */
export function checkBody(world: World, resource: string, body: string): void {
  const { bodyCharacters } = world.limits;
  if (body.trim() === "") throw invalid({ resource, field: "body", message: "body can't be blank" });
  if (body.length > bodyCharacters) {
    throw invalid({ resource, field: "body", message: `body is too long (maximum is ${bodyCharacters} characters)` });
  }
}

export function addIssueComment(
  world: World,
  issue: Issue | Pull,
  input: { actor: Actor; body: string },
): IssueComment {
  checkBody(world, "IssueComment", input.body);
  const id = world.nextId();
  const comment: IssueComment = {
    kind: "issue_comment",
    id,
    nodeId: nodeId("IC", id),
    issue,
    author: input.actor.account,
    viaApp: input.actor.viaApp,
    body: input.body,
    minimized: null,
    createdAt: stamp(world),
    updatedAt: stamp(world),
  };
  issue.comments.push(comment);
  world.state.nodes.set(comment.nodeId, comment);
  announceIssueComment(world, comment, { action: "created", sender: input.actor.account });
  return comment;
}

export function editIssueComment(world: World, comment: IssueComment, input: { actor: Actor; body: string }): void {
  checkBody(world, "IssueComment", input.body);
  const changes = { body: { from: comment.body } };
  comment.body = input.body;
  comment.updatedAt = stamp(world);
  announceIssueComment(world, comment, { action: "edited", sender: input.actor.account, extra: { changes } });
}

export function deleteIssueComment(world: World, comment: IssueComment, actor: Actor): void {
  comment.issue.comments.splice(comment.issue.comments.indexOf(comment), 1);
  world.state.nodes.delete(comment.nodeId);
  announceIssueComment(world, comment, { action: "deleted", sender: actor.account });
}
