/** One request as it was answered; `status` is null where the connection was cut. */
export interface RequestRecord {
  /** Asking for an installation token is counted apart, as a token is shared by many requests. */
  readonly kind: "rest" | "graphql" | "token" | "git" | "page" | "unknown";
  readonly method: string;
  /** The route's template as in GitHub's OpenAPI description; for git and pages one of the simulator's own. */
  readonly route: string;
  readonly path: string;
  /** Top-level fields of a GraphQL request, in order, by name and not by alias. */
  readonly operations: readonly string[];
  readonly tokenId: number | null;
  readonly status: number | null;
}

export interface RequestFilter {
  readonly kind?: RequestRecord["kind"];
  readonly method?: string;
  readonly route?: string;
  readonly operation?: string;
}

/** One request with both bodies, for whoever holds them against GitHub's own descriptions. */
export interface Exchange extends RequestRecord {
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: unknown;
  readonly graphql: { readonly query: string; readonly variables: unknown } | null;
}

const matches = (record: RequestRecord, filter: RequestFilter): boolean =>
  (filter.kind ?? record.kind) === record.kind &&
  (filter.method ?? record.method) === record.method &&
  (filter.route ?? record.route) === record.route &&
  (filter.operation === undefined || record.operations.includes(filter.operation));

export interface RequestLog {
  readonly records: RequestRecord[];
  readonly write: (exchange: Exchange) => void;
  readonly count: (filter: RequestFilter) => number;
  /** Answers how to stop listening. */
  readonly observe: (listener: (exchange: Exchange) => void) => () => void;
}

export function createRequestLog(): RequestLog {
  const records: RequestRecord[] = [];
  const listeners = new Set<(exchange: Exchange) => void>();
  return {
    records,
    write: (exchange) => {
      const { kind, method, route, path, operations, tokenId, status } = exchange;
      records.push({ kind, method, route, path, operations, tokenId, status });
      for (const listener of listeners) listener(exchange);
    },
    count: (filter) => records.filter((record) => matches(record, filter)).length,
    observe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
