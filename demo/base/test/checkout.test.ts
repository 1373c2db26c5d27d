import assert from "node:assert/strict";
import { test } from "node:test";
import { checkout } from "../src/orders/checkout.ts";

const order = (unitPrice: number) => ({
  id: "o-1",
  customerId: "c-1",
  createdAt: new Date("2026-03-01T10:00:00Z"),
  lines: [{ sku: "box", quantity: 1, unitPrice }],
  status: "open" as const,
});

test("charges shipping below the limit", () => {
  assert.equal(checkout(order(10_00)).total, 14_90);
});

test("ships for free from the limit on", () => {
  assert.equal(checkout(order(50_00)).shipping, 0);
});
