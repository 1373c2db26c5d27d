import {
  createToken,
  createUserToken,
  deleteInstallation,
  findInstallation,
  installOn,
  setSuspended,
  uninstallFrom,
} from "../actions/installations.ts";
import { requireRepo } from "../actions/repos.ts";
import type { Installing } from "../simulator.ts";
import type { Installation } from "../state.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import { person } from "./find.ts";

const requireInstallation = (world: World, owner: string): Installation => {
  const installation = findInstallation(world, person(world, owner));
  if (installation === null) throw new Error(`the App is not installed for ${owner}`);
  return installation;
};

export const installationControls = (world: World): Installing => ({
  install: (repo) => installOn(world, requireRepo(world, repo)).id,
  uninstall: (name) => {
    const repo = requireRepo(world, name);
    uninstallFrom(world, requireInstallation(world, repo.owner.login), repo);
  },
  removeInstallation: (owner) => deleteInstallation(world, requireInstallation(world, owner)),
  suspendInstallation: (owner, suspended) => setSuspended(world, requireInstallation(world, owner), suspended),
  grant: (owner, permissions) => {
    const installation = requireInstallation(world, owner);
    installation.permissions = permissions;
    installation.updatedAt = stamp(world);
  },
  createInstallationToken: (owner, scope = {}) => createToken(world, requireInstallation(world, owner), scope).value,
  createUserToken: (login) => createUserToken(world, person(world, login)),
  expireTokens: () => {
    for (const token of world.state.tokens.values()) {
      if (token.kind === "installation") token.expiresAt = world.now();
    }
  },
});
