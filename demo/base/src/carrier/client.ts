export interface Label {
  trackingNumber: string;
  pdf: Uint8Array;
}

export class CarrierError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Talks to the carrier's API. Every call costs money once the carrier has accepted it. */
export class CarrierClient {
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  constructor(baseUrl: string, fetchImplementation: typeof fetch = fetch) {
    this.#baseUrl = baseUrl;
    this.#fetch = fetchImplementation;
  }

  /** Buys a label. Throws CarrierError when the carrier refuses. */
  async buyLabel(orderId: string): Promise<Label> {
    const response = await this.#fetch(`${this.#baseUrl}/labels/${orderId}`, {
      method: "POST",
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new CarrierError(response.status, `carrier answered ${response.status}`);
    return (await response.json()) as Label;
  }
}
