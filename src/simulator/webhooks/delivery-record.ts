/** One delivery as GitHub's log keeps it. */
export interface DeliveryRecord {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly deliveredAt: string;
  readonly redelivery: boolean;
  /** Exactly as signed. */
  readonly body: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly durationSeconds: number;
  readonly status: string;
  readonly statusCode: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
}
