import type { DeliveryRecord } from "../webhooks/delivery-record.ts";
import type { Json } from "./urls.ts";

export const deliveryItemJson = (delivery: DeliveryRecord): Json => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.durationSeconds,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installationId,
  repository_id: delivery.repositoryId,
  throttled_at: null,
});

/** The whole delivery: what was sent and what came back. */
export const deliveryJson = (delivery: DeliveryRecord): Json => ({
  ...deliveryItemJson(delivery),
  url: delivery.url,
  request: { headers: delivery.requestHeaders, payload: JSON.parse(delivery.body) },
  response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
});
