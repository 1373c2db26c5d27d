/** What the simulator answers: JSON, or text or bytes with a content type of their own. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Buffer;
}

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  json: body,
  headers,
});

export const noContent: Reply = { status: 204 };

export const text = (status: number, contentType: string, body: string): Reply => ({
  status,
  headers: { "content-type": contentType },
  bytes: Buffer.from(body),
});
