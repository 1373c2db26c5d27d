import type { Order } from "../orders/order.ts";
import type { CarrierClient, Label } from "./client.ts";
import { retry } from "./retry.ts";

/** Ships a paid order and returns its label. Temporary failures of the carrier are tried three times. */
export async function ship(client: CarrierClient, order: Order): Promise<Label> {
  if (order.status !== "paid") throw new Error(`order ${order.id} is not paid`);
  const label = await retry(() => client.buyLabel(order.id), { attempts: 3, delayMs: 200 });
  order.status = "shipped";
  return label;
}

/** Ships all paid orders; the labels come in the order of `orders`. */
export async function shipAll(client: CarrierClient, orders: Order[]): Promise<Label[]> {
  const paid = orders.filter((order) => order.status === "paid");
  return Promise.all(paid.map((order) => ship(client, order)));
}
