import { z } from "zod";

type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords that strict function tools do not take, or not in full. https://platform.openai.com/docs/guides/structured-outputs */
const unsupported = new Set(["$schema", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "pattern"]);

/** The JSON Schema of a tool's arguments for strict function calls. A limit that it cannot hold is told in words. */
export const toStrictSchema = (input: z.ZodObject): JsonSchema => strict(z.toJSONSchema(input, { io: "input" }));

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const strict = (schema: JsonSchema): JsonSchema => {
  const description = describe(schema);
  return {
    ...Object.fromEntries(
      Object.entries(schema)
        .filter(([key]) => !unsupported.has(key))
        .map(([key, value]) => [key, key === "properties" ? strictProperties(value) : strictValue(value)]),
    ),
    ...(description === "" ? {} : { description }),
  };
};

const strictValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(strictValue);
  return isSchema(value) ? strict(value) : value;
};

/** Names of arguments, of which one may be called like a keyword. */
const strictProperties = (properties: unknown): unknown =>
  isSchema(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, strictValue(schema)]))
    : properties;

const describe = (schema: JsonSchema): string => {
  const { description, maxLength, maximum } = limits.parse(schema);
  const told = [
    ...(maxLength === undefined ? [] : [`At most ${maxLength} characters.`]),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? [] : [`At most ${maximum}.`]),
  ];
  return [...(description === undefined ? [] : [description]), ...told].join(" ");
};

const limits = z.object({
  description: z.string().optional(),
  maxLength: z.number().optional(),
  maximum: z.number().optional(),
});
