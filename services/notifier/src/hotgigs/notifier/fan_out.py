"""Loop: those who are to hear of what happened are found, and deliveries made for them.

Who may see something is told by other queues than that it happened, and queues run ahead of each other: so
this is no handler's work. `fan_out` stays for as long as the process runs and waits until it is woken; where
it fails, the chassis begins it again.
"""

from collections.abc import Sequence
from uuid import UUID

from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.notifier import batch_store, delivery_states, fan_out_store, sight_store, wakeups
from hotgigs.notifier.audience import Audience
from hotgigs.notifier.fan_out_store import Told
from hotgigs.notifier.happened import Happened
from hotgigs.notifier.resources import Resources
from hotgigs.notifier.settings import NotifierSettings

EVERY_S = 1
"""After which it is begun again."""
MOST_EVENTS = 500
MOST_TOLD = 2_000
"""Times that an event is told to a webhook in one transaction, which must not keep others from their webhooks
for long; more where one event alone has more hearers."""


async def fan_out(units_of_work: UnitsOfWork, resources: Resources) -> None:
    """Until cancelled."""
    with resources.notifications.watch("events") as wakeup:
        while True:
            while await step(units_of_work, resources.settings):
                pass
            await wakeup.wait()


async def step(units_of_work: UnitsOfWork, settings: NotifierSettings) -> int:
    """Fans out some of the events that can be, the oldest first, and says how many; 0 where there is none, or
    where others have them in hand. Any number of processes may do so at once."""
    async with units_of_work.begin() as uow:
        waiting = await fan_out_store.waiting(uow.connection, MOST_EVENTS)
        if not waiting:
            return 0
        heard, told = await _told(uow, waiting)
        made = await _make(uow, told, settings)
        if made:
            for message in await delivery_states.words_of(uow.connection, made):
                uow.publish(message)
            await wakeups.wake(uow.connection, "deliveries")
        await fan_out_store.done(uow.connection, heard)
    return len(heard)


async def _told(uow: UnitOfWork, waiting: Sequence[Happened]) -> tuple[Sequence[Happened], list[Told]]:
    """The first of ``waiting``, as many as one transaction is for, and who hears them."""
    webhooks = await fan_out_store.listening(uow.connection, {each.event for each in waiting})
    known = await sight_store.known_of(uow.connection, waiting)
    audience = Audience(webhooks)
    told: list[Told] = []
    for number, happened in enumerate(waiting):
        told += [Told(happened, webhook) for webhook in audience.of(happened, known[happened.event_id])]
        if len(told) >= MOST_TOLD:
            return waiting[: number + 1], told
    return waiting, told


async def _make(uow: UnitOfWork, told: Sequence[Told], settings: NotifierSettings) -> list[UUID]:
    """The ids of the deliveries that there are now, or that tell more now."""
    if not told:
        return []
    on = await fan_out_store.still_on(uow.connection, {each.webhook.webhook_id for each in told})
    told = [each for each in told if each.webhook.webhook_id in on]
    matches = [each for each in told if each.happened.event == "match.created"]
    new_matches = await fan_out_store.not_told_before(uow.connection, matches)
    batched: dict[UUID, list[UUID]] = {}
    single = [each for each in told if each.happened.event != "match.created"]
    for each in new_matches:
        if each.webhook.is_batched:
            batched.setdefault(each.webhook.webhook_id, []).append(each.happened.event_id)
        else:
            single.append(each)
    made = list(await fan_out_store.add(uow.connection, single))
    if batched:
        made += await batch_store.put(uow.connection, batched, batch_s=settings.webhook_batch_seconds)
    return made
