import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** The variables that make the App; GitHub hands out all three when it is registered. */
export interface RegisteredApp {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** Where setup mode keeps what GitHub handed out; read at the next start unless the environment names an App. */
export const appFilePath = (dataDir: string): string => join(dataDir, "app.env");

/** The file's variables, none where there is no file. Throws what reading throws beside that. */
export const readAppFile = (
  dataDir: string,
  readFile: (path: string) => string,
): Readonly<Record<string, string | undefined>> => {
  try {
    return parseEnv(readFile(appFilePath(dataDir)));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
};

/** Writes the file for its owner's eyes alone. False, and nothing written, where there is one: it is never replaced. */
export const writeAppFile = (dataDir: string, app: RegisteredApp): boolean => {
  const lines = [
    "# Written when the App was registered. Whoever has this file can act as the App.",
    `APP_ID=${app.appId}`,
    `PRIVATE_KEY=${Buffer.from(app.privateKey).toString("base64")}`,
    // Unquoted, a number sign would begin a comment.
    `WEBHOOK_SECRET='${app.webhookSecret}'`,
  ];
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(appFilePath(dataDir), `${lines.join("\n")}\n`, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
};
