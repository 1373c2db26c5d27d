import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { appFilePath, readAppFile, writeAppFile } from "../../src/config/app-file.ts";

const app = { appId: 7, privateKey: "-----BEGIN KEY-----\nabc=\n-----END KEY-----\n", webhookSecret: "s3cr#t" };
let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "app-file-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const denied = (): string => {
  throw Object.assign(new Error("permission denied"), { code: "EACCES" });
};
const read = (folder: string) => readAppFile(folder, (path) => readFileSync(path, "utf8"));

it("comes back as it was written, readable for its owner alone", () => {
  const folder = join(dir, "new", "folder");
  expect(writeAppFile(folder, app)).toBe(true);
  const { APP_ID, PRIVATE_KEY = "", WEBHOOK_SECRET } = read(folder);
  expect([APP_ID, Buffer.from(PRIVATE_KEY, "base64").toString(), WEBHOOK_SECRET]).toEqual([
    "7",
    app.privateKey,
    "s3cr#t",
  ]);
  expect(statSync(appFilePath(folder)).mode & 0o777).toBe(0o600);
});

it("is never replaced", () => {
  writeAppFile(dir, app);
  expect(writeAppFile(dir, { ...app, appId: 8 })).toBe(false);
  expect(read(dir)["APP_ID"]).toBe("7");
});

it("holds nothing where there is none", () => {
  expect(read(dir)).toEqual({});
});

it("is not taken for missing where it cannot be read", () => {
  expect(() => readAppFile(dir, denied)).toThrow("permission denied");
});
