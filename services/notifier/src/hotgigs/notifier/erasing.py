"""What the notifier does when somebody is erased; it may be told several times."""

from collections.abc import Set
from uuid import UUID

import msgspec

from hotgigs.chassis import outbox
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.message import Message
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.notifier import delivery_states, erasure_store, tombstones


async def erase(erasure: Erasure, uow: UnitOfWork) -> None:
    """Deliveries that told of others too are told again, without what was answered to them."""
    connection = uow.connection
    await tombstones.bury(connection, (*erasure.candidate_ids, *erasure.resume_ids))
    named = await erasure_store.named(connection, erasure.candidate_ids, erasure.resume_ids)
    left = await erasure_store.forget_deliveries(connection, named)
    await erasure_store.remove(connection, named)
    words = {*named.candidate_ids, *named.resume_ids, *named.others}
    await outbox.rewrite(connection, map(str, words), lambda message: _without(message, words))
    for told in await delivery_states.words_of(connection, left):
        uow.publish(told)
    at = await connection.fetchval("SELECT now()")
    uow.publish(NotificationsForgottenV1(erasure_id=erasure.erasure_id, at=at))


def _without(message: Message, gone: Set[UUID]) -> Message:
    """A command's effect counts the message even where nothing is left in it."""
    if not isinstance(message, DeliveriesChangedV1):
        return message
    kept = (each for each in message.deliveries if not gone & {*each.candidate_ids, *each.resume_ids})
    return msgspec.structs.replace(message, deliveries=tuple(kept))
