import type { Order } from "./order.ts";

export type Tier = "none" | "silver" | "gold";

/** Percent off by loyalty tier. */
const PERCENT: Record<Tier, number> = { none: 0, silver: 5, gold: 10 };

/** The tier that a customer has earned with the orders so far: silver from 10 shipped orders, gold from 25. */
export function tierOf(orders: Order[]): Tier {
  const shipped = orders.filter((order) => order.status === "shipped").length;
  if (shipped >= 10) return "silver";
  if (shipped >= 25) return "gold";
  return "none";
}

/** The discount on an amount in cents. */
export function discount(amount: number, tier: Tier): number {
  return (amount * PERCENT[tier]) / 100;
}
