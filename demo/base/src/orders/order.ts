export interface OrderLine {
  sku: string;
  quantity: number;
  /** Price of one piece in cents. */
  unitPrice: number;
}

export interface Order {
  id: string;
  customerId: string;
  createdAt: Date;
  lines: OrderLine[];
  status: "open" | "paid" | "shipped" | "cancelled";
}

/** The order's value in cents before any discount. */
export function subtotal(order: Order): number {
  return order.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
}
