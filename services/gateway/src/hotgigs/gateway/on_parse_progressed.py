"""parse_progressed -> the read model of progress."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.gateway import store


async def on_parse_progressed(events: Sequence[ParseProgressedV1], uow: UnitOfWork) -> None:
    await store.put_progress(uow.connection, events)
