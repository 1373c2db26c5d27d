import type { Pull } from "../state.ts";
import type { World } from "../world.ts";

export const renderPullPage = (_world: World, pull: Pull): string => pull.title;
