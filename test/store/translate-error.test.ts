import { describe, expect, it } from "vitest";
import { translateError } from "../../src/store/translate-error.ts";

const answer = (code: string): Error => Object.assign(new Error("said the server"), { code });

describe("an answer of the database", () => {
  it.each([
    ["connection lost", "08006"],
    ["serialization failure", "40001"],
    ["deadlock", "40P01"],
    ["disk full", "53100"],
    ["lock not available", "55P03"],
    ["shutting down", "57P01"],
    ["input or output error", "58030"],
  ])("that says %s is operational and may be tried again", (_, code) => {
    const error = answer(code);
    expect(translateError(error)).toMatchObject({ name: "OperationalError", retryable: true, cause: error });
  });

  it.each([
    ["unique violation", answer("23505")],
    ["syntax error", answer("42601")],
    ["an error of the system whose code only looks like one", answer("EPIPE")],
    ["a bug", new TypeError("no")],
  ])("that says %s comes back as it is", (_, error) => {
    expect(translateError(error)).toBe(error);
  });
});
