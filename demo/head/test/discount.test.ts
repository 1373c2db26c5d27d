import assert from "node:assert/strict";
import { test } from "node:test";
import { discount } from "../src/orders/discount.ts";

test("takes five percent off for silver", () => {
  assert.equal(discount(100_00, "silver"), 5_00);
});

test("takes ten percent off for gold", () => {
  assert.equal(discount(100_00, "gold"), 10_00);
});
