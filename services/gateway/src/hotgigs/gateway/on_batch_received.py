"""batch_received -> the read models of batches and resumes."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.gateway import store


async def on_batch_received(events: Sequence[BatchReceivedV1], uow: UnitOfWork) -> None:
    await store.put_batches(uow.connection, events)
