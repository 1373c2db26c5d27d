import { z } from "zod";
import { findReaction, reactionsTo } from "../actions/reactions.ts";
import { reactionContents } from "../state.ts";
import type { Reactable, Reaction, ReactionContent } from "../state.ts";
import { actorNode } from "./actor-node.ts";
import { connection } from "./connection.ts";
import type { Asking, Fields } from "./fields.ts";

const names = {
  "+1": "THUMBS_UP",
  "-1": "THUMBS_DOWN",
  laugh: "LAUGH",
  confused: "CONFUSED",
  heart: "HEART",
  hooray: "HOORAY",
  rocket: "ROCKET",
  eyes: "EYES",
} as const satisfies Readonly<Record<ReactionContent, string>>;

/** REST's word for GraphQL's name of a reaction. */
export const contentByName = (name: string): ReactionContent => {
  const content = reactionContents.find((one) => names[one] === name);
  if (content === undefined) throw new Error(`there is no reaction ${name}`);
  return content;
};

export const reactionNode = (asking: Asking, reaction: Reaction): Fields => ({
  __typename: "Reaction",
  id: reaction.nodeId,
  databaseId: reaction.id,
  content: names[reaction.content],
  createdAt: reaction.createdAt,
  user: () => actorNode(asking.world, reaction.user),
});

const contentArgument = z.looseObject({ content: z.string().nullish() });

/** The fields of everything that can be reacted to. */
export function reactionFields(asking: Asking, subject: Reactable): Fields {
  const given = (): readonly Reaction[] => reactionsTo(asking.world, subject);
  return {
    viewerCanReact: true,
    reactions: (args: unknown) => {
      const { content } = contentArgument.parse(args);
      const wanted = given().filter((one) => typeof content !== "string" || names[one.content] === content);
      return connection(args, wanted, (reaction) => reactionNode(asking, reaction));
    },
    reactionGroups: () =>
      reactionContents.map((content) => ({
        content: names[content],
        viewerHasReacted: findReaction(asking.world, subject, { user: asking.viewer, content }) !== null,
        reactors: { totalCount: given().filter((one) => one.content === content).length },
      })),
  };
}
