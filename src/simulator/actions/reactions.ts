import { nodeId } from "../node-id.ts";
import type { Account, Reactable, Reaction, ReactionContent } from "../state.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";

/** Adding one twice gives the first again. */
export function addReaction(
  world: World,
  subject: Reactable,
  input: { readonly user: Account; readonly content: ReactionContent },
): { readonly reaction: Reaction; readonly created: boolean } {
  const known = findReaction(world, subject, input);
  if (known !== null) return { reaction: known, created: false };
  const id = world.nextId();
  const reaction: Reaction = {
    kind: "reaction",
    id,
    nodeId: nodeId("REA", id),
    subject,
    ...input,
    createdAt: stamp(world),
  };
  world.state.reactions.push(reaction);
  return { reaction, created: true };
}

export const findReaction = (
  world: World,
  subject: Reactable,
  key: { readonly user: Account; readonly content: ReactionContent },
): Reaction | null =>
  reactionsTo(world, subject).find((one) => one.user.id === key.user.id && one.content === key.content) ?? null;

export const reactionsTo = (world: World, subject: Reactable): readonly Reaction[] =>
  world.state.reactions.filter((reaction) => reaction.subject === subject);

export function removeReaction(world: World, reaction: Reaction): void {
  world.state.reactions.splice(world.state.reactions.indexOf(reaction), 1);
}
