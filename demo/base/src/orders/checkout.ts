import { subtotal, type Order } from "./order.ts";

export interface Receipt {
  orderId: string;
  /** Amounts in cents. */
  subtotal: number;
  shipping: number;
  total: number;
}

const FREE_SHIPPING_FROM = 50_00;
const SHIPPING = 4_90;

/** Works out what the customer pays. */
export function checkout(order: Order): Receipt {
  const value = subtotal(order);
  const shipping = value >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  return { orderId: order.id, subtotal: value, shipping, total: value + shipping };
}
