import { CodeHostError } from "../../review/errors.ts";
import type { AppFacts, AppInspection } from "../../github/inspect-app.ts";
import { appEvents, appPermissions } from "../../webhook/app-manifest.ts";
import type { Check } from "./check.ts";

/** Who GitHub takes the App for, and whether it asked for all that it needs. */
export const checkApp = async (app: AppInspection, signal: AbortSignal): Promise<readonly Check[]> => {
  try {
    const facts = await app.facts(signal);
    return [checkIdentity(facts), checkPermissions(facts.permissions), checkEvents(facts.events)];
  } catch (error) {
    if (!(error instanceof CodeHostError)) throw error;
    return [{ result: "failed", topic: "App", said: error.message, mend: mendFor(error) }];
  }
};

const mendFor = ({ status }: CodeHostError): string =>
  status === 401 || status === 404
    ? "APP_ID and PRIVATE_KEY do not belong together: make a new key on the App's page and set both"
    : "check GHE_HOST and the way to GitHub, then try again";

const checkIdentity = ({ slug, installations }: AppFacts): Check => {
  const said = `${slug}, installed ${installations === 1 ? "once" : `${installations} times`}`;
  if (installations > 0) return { result: "ok", topic: "App", said };
  return {
    result: "note",
    topic: "App",
    said: `${slug} is installed nowhere`,
    mend: `install it: https://github.com/apps/${slug}`,
  };
};

/** Reading contents is enough for reviews; a chosen variant, not a mistake. */
export const checkPermissions = (held: Readonly<Record<string, string>>): Check => {
  const topic = "permissions";
  const missing = Object.entries(appPermissions).filter(([name, level]) => !covers(held[name], level));
  const names = missing.map(([name, level]) => `${name}: ${level}`);
  if (names.length === 0) return { result: "ok", topic, said: "all that app.yml asks for" };
  if (missing.every(([name]) => name === "contents") && covers(held["contents"], "read"))
    return {
      result: "note",
      topic,
      said: "contents are read-only: reviews work; threads are not resolved and suggestions not applied",
      mend: "grant contents: write on the App's page if you want those",
    };
  return {
    result: "failed",
    topic,
    said: `missing ${names.join(", ")}; app.yml says what for`,
    mend: "add them on the App's page, then let each installation accept them",
  };
};

const levels = ["read", "write", "admin"];
const covers = (held: string | undefined, wanted: string): boolean =>
  held !== undefined && levels.indexOf(held) >= levels.indexOf(wanted);

export const checkEvents = (held: readonly string[]): Check => {
  const topic = "events";
  const missing = appEvents.filter((name) => !held.includes(name));
  if (missing.length === 0) return { result: "ok", topic, said: "subscribed to all that are handled" };
  return {
    result: "failed",
    topic,
    said: `not subscribed to ${missing.join(", ")}`,
    mend: "tick them on the App's page under Permissions & events",
  };
};
