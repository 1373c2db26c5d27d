"""Revenue of one day."""

from datetime import date

from reports.db import connect


def revenue_of(day: date) -> int:
    """Revenue of all paid and shipped orders of a day, in cents."""
    with connect() as connection:
        row = connection.execute(
            "select coalesce(sum(total), 0) from orders where status in ('paid', 'shipped') and created_on = %s",
            (day,),
        ).fetchone()
    return row[0]
