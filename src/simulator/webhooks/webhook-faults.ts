/**
 * How a delivery goes wrong. `lose` leaves a failed entry in the log, `vanish` not even that; `duplicate` sends it twice
 * with one GUID; `reorder` holds it until the next delivery was sent; `delay` waits `delayMs`.
 */
export interface WebhookFault {
  readonly kind: "lose" | "vanish" | "duplicate" | "reorder" | "delay";
  readonly match?: { readonly event?: string; readonly action?: string };
  /** How many deliveries it hits; 1 where nothing is said. */
  readonly times?: number;
  readonly delayMs?: number;
}

export interface WebhookFaults {
  readonly add: (fault: WebhookFault) => void;
  readonly clear: () => void;
  /** The fault that hits this delivery, used up by one. */
  readonly take: (delivery: { readonly event: string; readonly action: string | null }) => WebhookFault | null;
}

export function createWebhookFaults(): WebhookFaults {
  let waiting: { readonly fault: WebhookFault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      waiting = [];
    },
    take: ({ event, action }) => {
      const hit = waiting.find(
        ({ fault: { match }, left }) =>
          left > 0 && (match?.event ?? event) === event && (match?.action === undefined || match.action === action),
      );
      if (hit === undefined) return null;
      hit.left -= 1;
      return hit.fault;
    },
  };
}
