import { discount, tierOf } from "./discount.ts";
import { subtotal, type Order } from "./order.ts";

export interface Receipt {
  orderId: string;
  /** Amounts in cents. */
  subtotal: number;
  discount: number;
  shipping: number;
  total: number;
}

const FREE_SHIPPING_FROM = 50_00;
const SHIPPING = 4_90;

/** Works out what the customer pays. `history` are the customer's earlier orders. */
export function checkout(order: Order, history: Order[] = []): Receipt {
  const value = subtotal(order);
  const off = discount(value, tierOf(history));
  const shipping = value >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  return { orderId: order.id, subtotal: value, discount: off, shipping, total: value - off + shipping };
}
