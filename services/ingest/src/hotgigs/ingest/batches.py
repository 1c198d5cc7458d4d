"""Bulk uploads of which some resumes were erased."""

from collections.abc import Collection
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.ingest import store


async def told_again(connection: Connection, batch_ids: Collection[UUID]) -> list[BatchReceivedV1]:
    """Each of those that are there, with the resumes that it has left, as they are now."""
    resumes = await store.resumes_of_batches(connection, batch_ids)
    return [
        BatchReceivedV1(
            **batch, resumes=tuple(each for each in resumes if each.batch_id == batch["batch_id"])
        )
        for batch in await store.batches(connection, batch_ids)
    ]
