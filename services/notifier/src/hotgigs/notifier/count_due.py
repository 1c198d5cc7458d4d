"""Loop: how much is due, for those who watch the system."""

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.notifier import delivery_metrics

EVERY_S = 10.0
MOST = 100_000
"""To which deliveries are counted."""


async def count_due(units_of_work: UnitsOfWork, _: object) -> None:
    count, oldest_s = await units_of_work.read(_due)
    delivery_metrics.due.set(count)
    delivery_metrics.oldest_due.set(oldest_s)


async def _due(connection: Connection) -> tuple[int, float]:
    row = await connection.fetchrow(_DUE, MOST)
    assert row is not None
    return row["count"], row["oldest_s"]


_DUE = """
SELECT count(*), coalesce(extract(epoch FROM now() - min(due.at)), 0)::float8 AS oldest_s
FROM (
    SELECT d.next_attempt_at AS at FROM deliveries AS d JOIN webhooks AS w USING (webhook_id)
    WHERE w.is_active AND d.status = 'pending' AND d.next_attempt_at <= now()
        AND (d.lease_until IS NULL OR d.lease_until <= now())
    LIMIT $1
) AS due
"""
