"""The bodies of deliveries, made when a try is made: as whoever owns the webhook may see it then."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_events import EXAMPLE_OF, Batch, EventData, Payload
from hotgigs.notifier import event_store, sight_store
from hotgigs.notifier.audience import Known, Sight, Viewer, sight_of
from hotgigs.notifier.happened import Happened
from hotgigs.notifier.showing import Candidate, Job, data_of

_DELIVERIES = """
    SELECT d.delivery_id, d.event, d.is_test, d.is_batch, d.created_at,
        w.owner_user_id AS user_id, o.role, coalesce(o.is_active, false) AS is_active
    FROM deliveries AS d JOIN webhooks AS w USING (webhook_id)
    LEFT JOIN owners AS o ON o.user_id = w.owner_user_id
    WHERE d.delivery_id = ANY($1)
"""
_TOLD = f"""
    SELECT t.delivery_id, {sight_store.EVENT_COLUMNS}
    FROM delivered_events AS t CROSS JOIN LATERAL ({event_store.OF_TOLD}) AS e
    WHERE t.delivery_id = ANY($1) ORDER BY t.delivery_id, t.place
"""  # noqa: S608 - the column names are our own


class _Seen(Struct, frozen=True, kw_only=True):
    """An event that the webhook's owner may see."""

    happened: Happened
    known: Known
    sight: Sight


class _Shown(Struct, frozen=True, kw_only=True):
    candidates: Mapping[UUID, Candidate]
    jobs: Mapping[UUID, Job]

    def data_of(self, seen: _Seen) -> EventData | None:
        person, job_id = seen.known.person, seen.happened.job_id
        return data_of(
            seen.happened,
            seen.sight,
            candidate=None if person is None else self.candidates.get(person.candidate_id),
            job=None if job_id is None else self.jobs.get(job_id),
        )


async def bodies(connection: Connection, delivery_ids: Collection[UUID]) -> Mapping[UUID, bytes | None]:
    """The JSON to be sent of each delivery that is there; None where its owner may not see anything of what
    it tells any more. Writes nothing."""
    # What may be seen and what is shown are of one moment: nobody is shown by a permission that has gone
    # what came after it.
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        deliveries = await connection.fetch(_DELIVERIES, list(delivery_ids))
        told: dict[UUID, list[Happened]] = {}
        for row in await connection.fetch(_TOLD, list(delivery_ids)):
            told.setdefault(row["delivery_id"], []).append(sight_store.happened_of(row))
        known = await sight_store.known_of(connection, [each for events in told.values() for each in events])
        seen = {
            row["delivery_id"]: _seen_by(_viewer(row), told.get(row["delivery_id"], ()), known)
            for row in deliveries
        }
        shown = await _shown(connection, [each for events in seen.values() for each in events])
    make = partial(_bodies, deliveries, seen, shown)
    if any(each.sight == "contact_hidden" for events in seen.values() for each in events):
        return await asyncio.to_thread(make)  # to look for contacts in a long text takes a second
    return make()


def _viewer(row: Record) -> Viewer | None:
    """None for an owner of whom nothing is known."""
    if row["role"] is None:
        return None
    return Viewer(user_id=row["user_id"], role=row["role"], is_active=row["is_active"])


def _seen_by(viewer: Viewer | None, told: Sequence[Happened], known: Mapping[UUID, Known]) -> Sequence[_Seen]:
    if viewer is None:
        return ()
    sights = ((each, sight_of(each, known[each.event_id], viewer)) for each in told)
    return [
        _Seen(happened=each, known=known[each.event_id], sight=sight)
        for each, sight in sights
        if sight is not None
    ]


async def _shown(connection: Connection, seen: Collection[_Seen]) -> _Shown:
    persons = {each.known.person.candidate_id for each in seen if each.known.person is not None}
    job_ids = {each.happened.job_id for each in seen if each.happened.job_id is not None}
    return _Shown(
        candidates=await sight_store.candidates(connection, persons) if persons else {},
        jobs=await sight_store.jobs(connection, job_ids) if job_ids else {},
    )


def _bodies(
    deliveries: Sequence[Record], seen: Mapping[UUID, Sequence[_Seen]], shown: _Shown
) -> dict[UUID, bytes | None]:
    return {row["delivery_id"]: _body(row, seen[row["delivery_id"]], shown) for row in deliveries}


def _body(delivery: Record, seen: Sequence[_Seen], shown: _Shown) -> bytes | None:
    if delivery["is_test"]:
        return _encoded(delivery, [EXAMPLE_OF[delivery["event"]]], at=delivery["created_at"])
    told = [(each.happened, shown.data_of(each)) for each in seen]
    items = [(happened, data) for happened, data in told if data is not None]
    if not items:
        return None
    return _encoded(
        delivery, [data for _, data in items], at=max(happened.occurred_at for happened, _ in items)
    )


def _encoded(delivery: Record, items: Sequence[EventData], *, at: datetime) -> bytes:
    return msgspec.json.encode(
        Payload(
            id=delivery["delivery_id"],
            type=delivery["event"],
            event=delivery["event"],
            timestamp=at,
            data=Batch(items=tuple(items)) if delivery["is_batch"] else items[0],
        )
    )
