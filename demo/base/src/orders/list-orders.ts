import type { Order } from "./order.ts";

export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
}

/** Newest orders first. `page` counts from 1. */
export function listOrders(orders: Order[], customerId: string): Order[] {
  return orders
    .filter((order) => order.customerId === customerId)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
