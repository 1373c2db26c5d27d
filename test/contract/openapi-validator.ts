import { OpenAPIValidator, type OpenAPIRouter } from "openapi-backend";
import { isObject } from "./openapi-document.ts";

type Definition = OpenAPIRouter["definition"];

export const isDefinition = (document: unknown): document is Definition =>
  isObject(document) && isObject(document["paths"]);

/** A validator for one operation, whose references are resolved; it compiles what it is asked for. */
export const createOperationValidator = (at: {
  readonly path: string;
  readonly method: string;
  readonly operation: unknown;
}): OpenAPIValidator => {
  const info = { title: "one operation", version: "0" };
  const definition: unknown = { openapi: "3.0.3", info, paths: { [at.path]: { [at.method]: at.operation } } };
  if (!isDefinition(definition)) throw new TypeError("no OpenAPI document");
  const ajvOpts = { allErrors: true, logger: false as const, formats };
  return new OpenAPIValidator({ definition, lazyCompileValidators: true, ajvOpts });
};

const formats = {
  "date-time": (text: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text: string) => URL.canParse(text),
};

type Errors = ReturnType<OpenAPIValidator["validateRequest"]>["errors"];

export const describeErrors = (what: string, errors: Errors): readonly string[] =>
  (errors ?? []).map(({ instancePath, message, params }) =>
    [what, instancePath, message ?? "does not fit", unknownField(params)].filter((word) => word !== "").join(" "),
  );

const unknownField = (params: unknown): string =>
  isObject(params) && typeof params["additionalProperty"] === "string" ? `"${params["additionalProperty"]}"` : "";
