import { readFileSync } from "node:fs";
import { z } from "zod";

const objectSchema = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof objectSchema>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads one of GitHub's own descriptions, by its file URL. */
export const readDocument = (url: string): JsonObject =>
  objectSchema.parse(JSON.parse(readFileSync(new URL(url), "utf8")));

/**
 * Copies parts of an OpenAPI document with their references resolved. Each referenced schema is copied once and then
 * shared, so what is never asked for costs nothing. OpenAPI's `nullable` becomes JSON Schema.
 */
export const createResolver = (document: JsonObject): ((part: unknown) => unknown) => {
  const shared = new Map<string, JsonObject>();
  const target = (reference: string): JsonObject => {
    const known = shared.get(reference);
    if (known !== undefined) return known;
    const copy: JsonObject = {};
    shared.set(reference, copy);
    return Object.assign(copy, resolve(pointedAt(document, reference)));
  };
  const resolve = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(resolve);
    if (!isObject(part)) return part;
    if (typeof part["$ref"] === "string") return target(part["$ref"]);
    const entries = Object.entries(part).filter(([key, value]) => key !== "nullable" || value !== true);
    const copy = Object.fromEntries(entries.map(([key, value]) => [key, resolve(value)]));
    return part["nullable"] === true ? orNull(copy) : copy;
  };
  return resolve;
};

const pointedAt = (document: JsonObject, reference: string): unknown =>
  reference
    .replace(/^#\//, "")
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), document);

/** GitHub writes `nullable` also where there is no type, which OpenAPI 3.0 gives no meaning. */
const orNull = (schema: JsonObject): JsonObject => {
  if (typeof schema["type"] !== "string") return { anyOf: [schema, { type: "null" }] };
  const nullableEnum = Array.isArray(schema["enum"]) ? { enum: [...new Set([...schema["enum"], null])] } : {};
  return { ...schema, ...nullableEnum, type: [schema["type"], "null"] };
};

/** The same schema for what we send: a field that is not described is an error. */
export const withoutUnknownFields = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withoutUnknownFields);
  if (!isObject(schema)) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutUnknownFields(value)]));
  // Where several schemas describe one object together, none of them knows all of its fields.
  const combined = ["allOf", "anyOf", "oneOf"].some((key) => key in copy);
  const closed = isObject(copy["properties"]) && !combined && !("additionalProperties" in copy);
  return closed ? { ...copy, additionalProperties: false } : copy;
};
