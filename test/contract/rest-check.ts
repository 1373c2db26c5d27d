import { OpenAPIRouter, type OpenAPIValidator } from "openapi-backend";
import { z } from "zod";
import { createResolver, isObject, readDocument, withoutUnknownFields } from "./openapi-document.ts";
import { createOperationValidator, describeErrors, isDefinition } from "./openapi-validator.ts";
import { strictRequestBody } from "./strict-request-body.ts";

export interface RestExchange {
  readonly method: string;
  /** As GitHub writes it, without `/api/v3`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  /** Null where the connection was cut: then there is no answer to check. */
  readonly status: number | null;
  readonly responseBody: unknown;
}

interface Operation {
  readonly id: string;
  readonly statuses: ReadonlySet<string>;
  readonly validator: OpenAPIValidator;
}

/** Holds requests and answers against GitHub's OpenAPI description; compiles only the operations that it meets. */
export const createRestCheck = (): ((exchange: RestExchange) => readonly string[]) => {
  const findOperation = createFinder();
  return (exchange) => {
    const request = toRequest(exchange);
    const operation = findOperation(request);
    const at = `${exchange.method} ${exchange.path}`;
    if (operation === null) return [`${at}: GitHub has no such route`];
    const { id, validator } = operation;
    const violations = [
      ...describeErrors("request", validator.validateRequest(request, id).errors),
      ...strictRequestBody(id, exchange.requestBody),
      ...checkAnswer(operation, exchange),
    ];
    return violations.map((violation) => `${at}: ${violation}`);
  };
};

type Request = ReturnType<typeof toRequest>;

const toRequest = ({ method, path, query, requestBody }: RestExchange) => ({
  method: method.toLowerCase(),
  path,
  headers: {},
  query: { ...query },
  ...(isObject(requestBody) ? { body: requestBody } : {}),
});

const createFinder = (): ((request: Request) => Operation | null) => {
  const document = readDocument(import.meta.resolve("@octokit/openapi/generated/api.github.com.json"));
  if (!isDefinition(document)) throw new TypeError("no OpenAPI document");
  const resolve = createResolver(document);
  const router = new OpenAPIRouter({ definition: document });
  const known = new Map<string, Operation>();
  const byPath = new Map<string, ReturnType<typeof router.matchOperation>>();
  return (request) => {
    const place = `${request.method} ${request.path}`;
    const route = byPath.get(place) ?? router.matchOperation(request);
    if (route?.operationId === undefined) return null;
    byPath.set(place, route);
    const found = known.get(route.operationId);
    if (found !== undefined) return found;
    const { path, method, operationId: id } = route;
    const operation = resolve({ ...route, security: [] });
    const responses = isObject(operation) && isObject(operation["responses"]) ? operation["responses"] : {};
    const validator = createOperationValidator({ path, method, operation: closed(operation) });
    const compiled = { id, statuses: new Set(Object.keys(responses)), validator };
    known.set(id, compiled);
    return compiled;
  };
};

const closed = (operation: unknown): unknown =>
  isObject(operation) && "requestBody" in operation
    ? { ...operation, requestBody: withoutUnknownFields(operation["requestBody"]) }
    : operation;

const errorBody = z.looseObject({ message: z.string() });

const checkAnswer = (operation: Operation, { status, responseBody }: RestExchange): readonly string[] => {
  if (status === null || status >= 500) return [];
  const answered = operation.validator.validateResponse(responseBody, operation.id, status).errors;
  if (operation.statuses.has(String(status))) return describeErrors(`answer ${status}`, answered);
  if (status < 400) return [`answer ${status} is not described`];
  return errorBody.safeParse(responseBody).success ? [] : [`answer ${status} has no message`];
};
