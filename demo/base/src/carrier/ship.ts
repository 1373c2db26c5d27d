import type { Order } from "../orders/order.ts";
import type { CarrierClient, Label } from "./client.ts";

/** Ships a paid order and returns its label. */
export async function ship(client: CarrierClient, order: Order): Promise<Label> {
  if (order.status !== "paid") throw new Error(`order ${order.id} is not paid`);
  const label = await client.buyLabel(order.id);
  order.status = "shipped";
  return label;
}
