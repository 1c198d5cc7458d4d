"""The tries of one process: what was claimed is made a request, sent, and handed on to be recorded."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from msgspec import Struct

from hotgigs.chassis.database import CONNECTION_LOST, Connection
from hotgigs.chassis.logs import describe
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.notifier import delivery_metrics
from hotgigs.notifier.attempt_recorder import AttemptRecorder
from hotgigs.notifier.claiming import Claimed
from hotgigs.notifier.in_hand import InHand
from hotgigs.notifier.recording import Ended
from hotgigs.notifier.sending import Outgoing, Sender
from hotgigs.notifier.settings import NotifierSettings

log = structlog.get_logger(__name__)

BEGIN_WITHIN_S = 10.0
"""Of the claim: what it takes longer to make a body of is left to who has the lease then."""
TRY_GRACE_S = 2.0
"""By which a try that goes on beyond the timeout is broken off."""
POSTPONED_S = 300.0
"""For what cannot be sent for a reason of our own, which counts as nobody's failure."""
PREPARED_TOGETHER = 25
"""Of those that tell one thing; batches are prepared one by one, as each may take as long as 25 others."""
PREPARED_AT_ONCE = 3
"""Each has a connection of the pool for as long."""

Bodies = Callable[[Connection, Collection[UUID]], Awaitable[Mapping[UUID, bytes | None]]]
"""Of deliveries; None of one that is withheld, and nothing of those that are gone."""
SigningKeys = Callable[[Connection, Collection[UUID]], Awaitable[Mapping[UUID, tuple[bytes, ...]]]]
"""Of webhooks; nothing of those whose secrets cannot be opened."""


class Messenger(Struct, frozen=True, kw_only=True):
    """What makes a delivery a request, and sends it."""

    bodies: Bodies
    signing_keys: SigningKeys
    sender: Sender


class Tries:
    """Whatever becomes of a try, the recorder is told of it, or ``let_go`` called where nothing is to be
    recorded."""

    def __init__(
        self,
        units_of_work: UnitsOfWork,
        settings: NotifierSettings,
        messenger: Messenger,
        recorder: AttemptRecorder,
        in_hand: InHand,
        *,
        let_go: Callable[[Claimed], None],
    ) -> None:
        self._units_of_work = units_of_work
        self._timeout_s = settings.webhook_timeout + TRY_GRACE_S
        self._messenger = messenger
        self._recorder = recorder
        self._in_hand = in_hand
        self._let_go = let_go
        self._preparing = asyncio.Semaphore(PREPARED_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._begins_no_more = False

    def start(self, claimed: Sequence[Claimed]) -> None:
        """``claimed`` just now."""
        begin_by = time.monotonic() + BEGIN_WITHIN_S
        for part in _parts(claimed):
            self._task(self._prepare(part, begin_by=begin_by), part)

    def begin_no_more(self) -> None:
        """What is not being sent yet is given back instead."""
        self._begins_no_more = True

    async def end(self, *, within_s: float) -> None:
        """Returns when they have ended, those that go on for longer broken off and given back."""
        by = time.monotonic() + within_s
        while self._tasks and (left_s := by - time.monotonic()) > 0:
            await asyncio.wait(self._tasks, timeout=left_s)
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)

    async def _prepare(self, claimed: Sequence[Claimed], *, begin_by: float) -> None:
        try:
            async with self._preparing:
                if self._is_too_late(begin_by):
                    self._give_back(claimed)
                    return
                begun = time.monotonic()
                outgoing = await self._outgoing(claimed)
                took_s = time.monotonic() - begun
        except CONNECTION_LOST as err:
            log.warning("deliveries_given_back", deliveries=len(claimed), error=type(err).__name__)
            self._give_back(claimed)
        except Exception as err:  # noqa: BLE001 - what one of them raises is not the others' fault
            if len(claimed) == 1:
                self._postpone(claimed[0], describe(err))
                return
            for each in claimed:
                self._task(self._prepare([each], begin_by=begin_by), [each])
        else:
            for each, request in outgoing.items():
                if len(claimed) == 1 and took_s > BEGIN_WITHIN_S:
                    self._postpone(each, "takes too long to make")  # and would again at once
                else:
                    self._task(self._try(each, request, begin_by=begin_by), [each])

    async def _outgoing(self, claimed: Sequence[Claimed]) -> dict[Claimed, Outgoing]:
        """Of those that are to be sent; the others have ended with it."""
        read, messenger = self._units_of_work.read, self._messenger
        # In this order: of a webhook that is deleted meanwhile the delivery is missing, and not the key.
        keys = await read(messenger.signing_keys, {each.webhook_id for each in claimed})
        bodies = await read(messenger.bodies, [each.delivery_id for each in claimed])
        outgoing: dict[Claimed, Outgoing] = {}
        for each in claimed:
            body = bodies.get(each.delivery_id)
            if each.delivery_id not in bodies:
                self._let_go(each)
            elif body is None:
                self._recorder.add(Ended(claimed=each, answered=None))
            elif each.webhook_id not in keys:
                self._postpone(each, "no key")
            else:
                outgoing[each] = Outgoing(
                    delivery_id=each.delivery_id, url=each.url, body=body, keys=keys[each.webhook_id]
                )
        return outgoing

    async def _try(self, claimed: Claimed, outgoing: Outgoing, *, begin_by: float) -> None:
        if self._is_too_late(begin_by):
            self._give_back([claimed])
            return
        self._in_hand.begin(claimed, now=time.monotonic())
        try:
            async with asyncio.timeout(self._timeout_s):
                answered = await self._messenger.sender.send(outgoing)
        except Exception as err:  # noqa: BLE001 - a sender raises for nothing that the other side does
            self._postpone(claimed, describe(err))
        else:
            delivery_metrics.tried(answered)
            if answered.error is None:
                self._in_hand.accept(claimed, now=time.monotonic())
            self._recorder.add(Ended(claimed=claimed, answered=answered))
        finally:
            self._in_hand.end(claimed)

    def _is_too_late(self, begin_by: float) -> bool:
        return self._begins_no_more or time.monotonic() > begin_by

    def _give_back(self, claimed: Sequence[Claimed]) -> None:
        for each in claimed:
            self._recorder.give_back(each)

    def _postpone(self, claimed: Claimed, reason: str) -> None:
        log.error(
            "delivery_postponed",
            delivery_id=str(claimed.delivery_id),
            webhook_id=str(claimed.webhook_id),
            reason=reason,
        )
        self._recorder.give_back(claimed, after_s=POSTPONED_S)

    def _task(self, work: Coroutine[Any, Any, None], claimed: Sequence[Claimed]) -> None:
        task = asyncio.create_task(work, name="try")
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, claimed))

    def _ended(self, claimed: Sequence[Claimed], task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():  # perhaps before it had begun
            self._give_back(claimed)


def _parts(claimed: Sequence[Claimed]) -> Iterator[Sequence[Claimed]]:
    """What is prepared together; the batches last."""
    single = [each for each in claimed if not each.is_batch]
    for start in range(0, len(single), PREPARED_TOGETHER):
        yield single[start : start + PREPARED_TOGETHER]
    for each in claimed:
        if each.is_batch:
            yield [each]
