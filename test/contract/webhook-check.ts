import type { OpenAPIValidator } from "openapi-backend";
import { createResolver, isObject, readDocument } from "./openapi-document.ts";
import { createOperationValidator, describeErrors } from "./openapi-validator.ts";

export interface WebhookSent {
  readonly event: string;
  readonly payload: unknown;
}

/** Holds webhook payloads against GitHub's own description of them. */
export const createWebhookCheck = (): ((sent: WebhookSent) => readonly string[]) => {
  const document = readDocument(import.meta.resolve("@octokit/openapi-webhooks/generated/api.github.com.json"));
  const resolve = createResolver(document);
  const webhooks = isObject(document["webhooks"]) ? document["webhooks"] : {};
  const known = new Map<string, OpenAPIValidator>();
  const validatorOf = (name: string, described: unknown): OpenAPIValidator => {
    const post = isObject(described) && isObject(described["post"]) ? described["post"] : {};
    const operation = { operationId: name, requestBody: resolve(post["requestBody"]), responses: {} };
    const validator = known.get(name) ?? createOperationValidator({ path: `/${name}`, method: "post", operation });
    known.set(name, validator);
    return validator;
  };
  return ({ event, payload }) => {
    const action = isObject(payload) && typeof payload["action"] === "string" ? `-${payload["action"]}` : "";
    const name = `${event}${action}`.replaceAll("_", "-");
    if (!(name in webhooks)) return [`webhook ${name}: GitHub has no such event`];
    const request = { method: "post", path: `/${name}`, headers: {}, body: payload };
    const { errors } = validatorOf(name, webhooks[name]).validateRequest(request, name);
    return describeErrors(`webhook ${name}`, errors);
  };
};
