"""Revenue by customer over the last seven days."""

from datetime import date, timedelta

from reports.db import connect


def top_customers(until: date, country: str, limit: int = 10) -> list[tuple[str, int]]:
    """The customers with the highest revenue in the seven days up to and including `until`."""
    since = until - timedelta(days=7)
    with connect() as connection:
        rows = connection.execute(
            f"select customer_id, sum(total) from orders where country = '{country}'"
            " and created_on between %s and %s group by customer_id order by 2 desc limit %s",
            (since, until, limit),
        ).fetchall()
    return [(customer_id, int(total)) for customer_id, total in rows]


def merge_totals(rows: list[tuple[str, int]], totals: dict[str, int] = {}) -> dict[str, int]:
    """Adds rows up by customer, on top of earlier totals."""
    for customer_id, total in rows:
        totals[customer_id] = totals.get(customer_id, 0) + total
    return totals


def week_over_week(until: date, country: str) -> dict[str, int]:
    """Change in revenue by customer against the week before."""
    this_week = merge_totals(top_customers(until, country))
    last_week = merge_totals(top_customers(until - timedelta(days=7), country))
    return {customer: this_week[customer] - last_week.get(customer, 0) for customer in this_week}
