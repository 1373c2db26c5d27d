import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { createGitHubSchemaCheck, type ApiExchange } from "./github-schema.ts";

const check = createGitHubSchemaCheck();

const examplesUrl = import.meta.resolve("@octokit/webhooks-examples/api.github.com/index.json");
const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.looseObject({ action: z.string().optional() })) }))
  .parse(JSON.parse(readFileSync(new URL(examplesUrl), "utf8")));

const exchange = (over: Partial<ApiExchange>): ApiExchange => ({
  method: "POST",
  path: "/repos/acme/shop/pulls/7/reviews",
  query: {},
  requestBody: { commit_id: "a".repeat(40), body: "", comments: [{ path: "a.ts", line: 3, side: "RIGHT", body: "x" }] },
  status: 422,
  responseBody: { message: "Unprocessable Entity", documentation_url: "https://docs.github.com/rest" },
  graphql: null,
  ...over,
});

const comment = (over: Record<string, unknown>) => ({
  requestBody: {
    commit_id: "a".repeat(40),
    body: "",
    comments: [{ path: "a.ts", line: 3, side: "RIGHT", body: "x", ...over }],
  },
});

const checkRuns = { method: "GET", path: "/repos/acme/shop/commits/abc/check-runs", requestBody: undefined };

describe("the check against GitHub's own descriptions", () => {
  it.each([
    { title: "a review with a line comment", over: {} },
    { title: "a range", over: comment({ start_line: 2, start_side: "RIGHT" }) },
    {
      title: "query parameters of the right type",
      over: {
        ...checkRuns,
        query: { per_page: "100", filter: "all" },
        status: 200,
        responseBody: { total_count: 0, check_runs: [] },
      },
    },
    { title: "a lost answer", over: { status: null, responseBody: undefined } },
    { title: "a 5xx of any form", over: { status: 502, responseBody: "<html>" } },
    {
      title: "a GraphQL query",
      over: { graphql: { query: "query ($id: ID!) { node(id: $id) { id } }", variables: { id: "x" } } },
    },
  ])("finds nothing wrong with $title", ({ over }) => {
    expect(check.exchange(exchange(over))).toEqual([]);
  });

  it.each([
    { title: "an unknown route", over: { path: "/repos/acme/shop/reviews" }, says: /no such route/ },
    { title: "an unknown method", over: { method: "PATCH" }, says: /no such route/ },
    { title: "an unknown query parameter", over: { ...checkRuns, query: { page_size: "3" } }, says: /"page_size"/ },
    {
      title: "a query of the wrong type",
      over: { ...checkRuns, query: { per_page: "many" } },
      says: /per_page must be integer/,
    },
    {
      title: "a word that is none of the choices",
      over: { ...checkRuns, query: { filter: "some" } },
      says: /filter must be equal/,
    },
    { title: "an unknown field", over: { requestBody: { commit: "a" } }, says: /"commit"/ },
    { title: "an unknown field of a comment", over: comment({ lines: 3 }), says: /"lines"/ },
    { title: "a wrong type in a comment", over: comment({ line: "3" }), says: /line must be integer/ },
    { title: "a side that does not exist", over: comment({ side: "UP" }), says: /side/ },
    { title: "a range upside down", over: comment({ start_line: 3, start_side: "RIGHT" }), says: /below line/ },
    { title: "a range without its side", over: comment({ start_line: 2 }), says: /go together/ },
    {
      title: "a missing field",
      over: { path: "/repos/acme/shop/check-runs", requestBody: { name: "x" } },
      says: /head_sha/,
    },
    {
      title: "an answer without a field",
      over: { status: 200, responseBody: { id: 1 } },
      says: /answer 200 .*node_id/,
    },
    { title: "a status that is not described", over: { status: 201, responseBody: {} }, says: /201 is not described/ },
    { title: "an error without a message", over: { status: 401, responseBody: {} }, says: /401 has no message/ },
    {
      title: "a GraphQL field that does not exist",
      over: { graphql: { query: "{ viewer { loginn } }", variables: {} } },
      says: /loginn/,
    },
    {
      title: "a missing variable",
      over: { graphql: { query: "query ($id: ID!) { node(id: $id) { id } }", variables: {} } },
      says: /\$id/,
    },
    {
      title: "an undeclared variable",
      over: { graphql: { query: "{ viewer { login } }", variables: { id: 1 } } },
      says: /not declared/,
    },
    {
      title: "a query that cannot be read",
      over: { graphql: { query: "{ viewer {", variables: {} } },
      says: /Syntax Error/,
    },
  ])("finds $title", ({ over, says }) => {
    expect(check.exchange(exchange(over)).join("\n")).toMatch(says);
  });

  // The older examples of the package lack fields that GitHub added later; the newest of each action fit.
  it.each([
    { name: "pull_request", action: "ready_for_review" },
    { name: "pull_request", action: "opened" },
    { name: "issue_comment", action: "created" },
    { name: "check_run", action: "created" },
  ])("accepts GitHub's own example of $name $action", ({ name, action }) => {
    const payload = examples
      .filter((event) => event.name === name)
      .flatMap((event) => event.examples)
      .findLast((example) => example.action === action);
    expect(payload?.action).toBe(action);
    expect(check.webhook({ event: name, payload })).toEqual([]);
  });

  it("finds a missing field in a webhook, and an event that does not exist", () => {
    expect(check.webhook({ event: "pull_request", payload: { action: "opened", number: 1 } }).join()).toMatch(
      /repository/,
    );
    expect(check.webhook({ event: "pull_request", payload: { action: "exploded" } }).join()).toMatch(/no such event/);
  });
});
