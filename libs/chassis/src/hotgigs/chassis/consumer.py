"""From a queue to a handler's effect; here, and nowhere else, it is decided what becomes of a message."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import asyncpg
import structlog

from hotgigs.chassis import database, inbox
from hotgigs.chassis.bus.interface import Bus, BusUnavailable, Delivery, Queue, Subscription, Unroutable
from hotgigs.chassis.errors import DependencyDown, Permanent
from hotgigs.chassis.handlers import AnyHandler, BatchHandler, Handler, WorkHandler
from hotgigs.chassis.handling import Handling
from hotgigs.chassis.logs import describe
from hotgigs.chassis.metrics import QueueMetrics
from hotgigs.chassis.retry import MAX_TRIES, backoff_s
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.envelope import MalformedMessage, UnknownMessage
from hotgigs.contracts.message import Message

log = structlog.get_logger(__name__)

PAUSE_S = 2.0
RESUBSCRIBE_S = 0.5

_AWAY = (DependencyDown, *database.CONNECTION_LOST)
_BLAMELESS = (DependencyDown, asyncpg.LockNotAvailableError)
"""Never the message's fault, though the database answers."""
_HOPELESS = (Permanent, UnknownMessage, MalformedMessage)


class Consumer:
    """Consumes one handler's queue until `drain`."""

    def __init__(
        self, bus: Bus, queue: Queue, handler: AnyHandler, units_of_work: UnitsOfWork, resources: object
    ) -> None:
        self._bus = bus
        self._queue = queue
        self._handler = handler
        self._units_of_work = units_of_work
        self._resources = resources
        self._tracer = units_of_work.tracer
        self._metrics = QueueMetrics(queue.name)
        self._draining = asyncio.Event()
        self._lanes = 1
        self._batch_size = 1
        if isinstance(handler, WorkHandler):
            self._lanes = handler.concurrency(resources)
        else:
            self._batch_size = handler.batch_size

    async def run(self) -> None:
        """Returns after `drain`, with nothing in hand. Being cancelled gives back what is in hand."""
        # Work has few messages in hand, and should not wait for the first one to be done.
        is_warm = isinstance(self._handler, WorkHandler)
        while not self._draining.is_set():
            # One lane works on a batch while the next one is on its way.
            prefetch = self._lanes * self._batch_size * (1 if self._lanes > 1 else 2)
            try:
                async with self._bus.subscribe(
                    self._queue, prefetch=prefetch if is_warm else 1
                ) as subscription:
                    log.debug("subscribed", queue=self._queue.name)
                    self._metrics.go_on(self)
                    if is_warm:
                        await self._consume(subscription)
                    else:
                        # A message that kills its process does so again after every start. What the
                        # process has in hand then counts as delivered too often with it.
                        await self._consume_one(subscription)
                        is_warm = True
            except (BusUnavailable, Unroutable) as err:
                await self._lost(err)
            except ExceptionGroup as errors:
                lost, others = errors.split((BusUnavailable, Unroutable))
                if others is not None:
                    raise others from None
                await self._lost(lost or errors)

    async def _lost(self, error: Exception) -> None:
        log.warning("subscription_lost", queue=self._queue.name, error=describe(error))
        self._metrics.pause(self)
        await self._pause(RESUBSCRIBE_S)

    def drain(self) -> None:
        """Takes no more messages; `run` returns when those in hand are settled."""
        self._draining.set()

    async def _consume(self, subscription: Subscription) -> None:
        async with asyncio.TaskGroup() as lanes:
            for _ in range(self._lanes):
                lanes.create_task(self._lane(subscription))

    async def _consume_one(self, subscription: Subscription) -> None:
        if deliveries := await self._receive(subscription, 1):
            await self._handle(subscription, deliveries)

    async def _lane(self, subscription: Subscription) -> None:
        while not self._draining.is_set():
            if deliveries := await self._receive(subscription, self._batch_size):
                await self._handle(subscription, deliveries)

    async def _receive(self, subscription: Subscription, max_messages: int) -> list[Delivery]:
        """The next messages; none when draining began."""
        receiving = asyncio.create_task(subscription.receive(max_messages))
        draining = asyncio.create_task(self._draining.wait())
        try:
            await asyncio.wait({receiving, draining}, return_when=asyncio.FIRST_COMPLETED)
            return receiving.result() if receiving.done() else []
        finally:
            draining.cancel()
            receiving.cancel()
            # A `receive` that was cut short may hold messages until it has really ended.
            await asyncio.gather(draining, receiving, return_exceptions=True)

    async def _handle(self, subscription: Subscription, deliveries: list[Delivery]) -> None:
        handlings = [Handling(delivery, self._tracer, self._metrics) for delivery in deliveries]
        try:
            if len(handlings) > 1 and await self._handle_together(subscription, handlings):
                return
            for handling in handlings:
                with handling.correlated():
                    await self._handle_alone(subscription, handling)
        finally:
            # What could not be settled the bus brings again.
            for handling in handlings:
                handling.settled("given_back")

    async def _handle_together(self, subscription: Subscription, handlings: list[Handling]) -> bool:
        """All in one transaction; False, with no effect, where any of them failed."""
        try:
            messages = [(handling, handling.delivery.envelope.open()) for handling in handlings]
            with self._metrics.duration.time():
                async with self._units_of_work.begin() as uow:
                    await self._effect(messages, uow)
        except Exception as err:  # noqa: BLE001 - whatever it was, each is tried, and judged, alone
            log.info("batch_split", queue=self._queue.name, size=len(handlings), error=describe(err))
            return False
        for handling in handlings:
            with handling.correlated():
                log.info("handled", tries=handling.delivery.tries)
            handling.had_its_effect()
        await subscription.ack([handling.delivery for handling in handlings])
        return True

    async def _handle_alone(self, subscription: Subscription, handling: Handling) -> None:
        """Keeps the message in hand while a dependency is away, since giving it back would only bring
        it round again and use up its deliveries."""
        was_cut_off = False
        while True:
            try:
                with self._metrics.duration.time():
                    await self._try(handling)
            except _AWAY as err:
                if not isinstance(err, _BLAMELESS) and await self._units_of_work.are_possible():
                    # It looks like a lost database. Once it may have been: a connection that was cut off.
                    # Twice, or too late, it is this message: a file, a slow statement.
                    if was_cut_off or isinstance(err, TimeoutError):
                        return await self._settle_failure(subscription, handling, err)
                    was_cut_off = True
                    log.warning("cut_off", error=describe(err))
                    continue
                log.warning("paused", error=describe(err), pause_s=PAUSE_S)
                handling.waits()
                await self._pause(PAUSE_S)
                if self._draining.is_set():
                    return await subscription.give_back([handling.delivery])
            except Exception as err:  # noqa: BLE001 - every failure is settled by policy, none ends the lane
                return await self._settle_failure(subscription, handling, err)
            else:
                log.info("handled", tries=handling.delivery.tries)
                handling.had_its_effect()
                return await subscription.ack([handling.delivery])

    async def _try(self, handling: Handling) -> None:
        if isinstance(self._handler, WorkHandler):
            await self._work(self._handler, handling)
        else:
            async with self._units_of_work.begin() as uow:
                await self._effect([(handling, handling.delivery.envelope.open())], uow)

    async def _work(self, handler: WorkHandler[Any, Any, Any], handling: Handling) -> None:
        envelope = handling.delivery.envelope
        message = envelope.open()
        if await self._units_of_work.read(inbox.is_claimed, self._queue.name, envelope.id):
            handling.is_new = False
            return
        outcome = await handler.work(message, self._resources)
        async with self._units_of_work.begin() as uow:
            handling.is_new = bool(await inbox.claim(uow.connection, self._queue.name, [envelope.id]))
            if handling.is_new:
                await handler.record(message, outcome, uow)

    async def _effect(self, messages: Sequence[tuple[Handling, Message]], uow: UnitOfWork) -> None:
        by_id = {handling.delivery.envelope.id: (handling, message) for handling, message in messages}
        new = await inbox.claim(uow.connection, self._queue.name, list(by_id))
        fresh = [by_id[message_id] for message_id in by_id if message_id in new]
        for handling, _ in messages:
            handling.is_new = False
        for handling, _ in fresh:
            handling.is_new = True
        if isinstance(self._handler, BatchHandler):
            if fresh:
                await self._handler.handle_all([message for _, message in fresh], uow)
            return
        assert isinstance(self._handler, Handler)
        for handling, message in fresh:
            with handling.correlated():
                await self._handler.handle(message, uow)

    async def _settle_failure(self, subscription: Subscription, handling: Handling, error: Exception) -> None:
        delivery = handling.delivery
        tries = delivery.tries + 1
        if isinstance(error, _HOPELESS):
            await self._put_aside(subscription, handling, error, reason=describe(error))
        elif tries >= MAX_TRIES:
            reason = f"failed {tries} times, last: {describe(error)}"
            await self._put_aside(subscription, handling, error, reason=reason)
        else:
            delay_s = backoff_s(delivery.tries)
            log.warning("will_retry", delay_s=round(delay_s, 2), exc_info=error)
            await subscription.retry(delivery, delay_s=delay_s)
            handling.settled("retried", error)

    async def _put_aside(
        self, subscription: Subscription, handling: Handling, error: Exception, *, reason: str
    ) -> None:
        log.error("dead_lettered", reason=reason, exc_info=error)
        if isinstance(self._handler, WorkHandler) and self._handler.give_up is not None:
            try:
                await self._give_up(self._handler.give_up, handling.delivery)
            except Exception as err:
                log.error("not_given_up", exc_info=err)
        await subscription.dead_letter(handling.delivery, reason=reason)
        handling.settled("dead_lettered", error)

    async def _give_up(
        self, give_up: Callable[[Any, UnitOfWork], Awaitable[None]], delivery: Delivery
    ) -> None:
        try:
            message = delivery.envelope.open()
        except (UnknownMessage, MalformedMessage):
            return
        async with self._units_of_work.begin() as uow:
            if await inbox.claim(uow.connection, self._queue.name, [delivery.envelope.id]):
                await give_up(message, uow)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._draining.wait()
        except TimeoutError:
            return
