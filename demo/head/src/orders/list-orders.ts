import type { Order } from "./order.ts";

export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
}

/** Newest orders first. `page` counts from 1. */
export function listOrders(orders: Order[], customerId: string, page = 1, size = 20): Page<Order> {
  const own = orders
    .filter((order) => order.customerId === customerId)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const start = page * size;
  return { items: own.slice(start, start + size), page, pages: Math.ceil(own.length / size) };
}
