"""From a queue to a handler's effect; here, and nowhere else, it is decided what becomes of a message."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import structlog

from hotgigs.chassis import database, inbox
from hotgigs.chassis.bus.interface import Bus, BusUnavailable, Delivery, Queue, Subscription, Unroutable
from hotgigs.chassis.correlation import Correlation, correlated
from hotgigs.chassis.errors import DependencyDown, Permanent
from hotgigs.chassis.handlers import AnyHandler, BatchHandler, Handler, WorkHandler
from hotgigs.chassis.logs import describe
from hotgigs.chassis.retry import MAX_TRIES, backoff_s
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.envelope import MalformedMessage, UnknownMessage
from hotgigs.contracts.message import Message

log = structlog.get_logger(__name__)

PAUSE_S = 2.0
RESUBSCRIBE_S = 0.5

_AWAY = (DependencyDown, *database.CONNECTION_LOST)
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
        self._draining = asyncio.Event()
        self._lanes = 1
        self._batch_size = 1
        if isinstance(handler, WorkHandler):
            self._lanes = handler.concurrency(resources)
        else:
            self._batch_size = handler.batch_size

    async def run(self) -> None:
        """Returns after `drain`, with nothing in hand. Being cancelled gives back what is in hand."""
        while not self._draining.is_set():
            try:
                # One lane works on a batch while the next one is on its way.
                prefetch = self._lanes * self._batch_size * (1 if self._lanes > 1 else 2)
                async with self._bus.subscribe(self._queue, prefetch=prefetch) as subscription:
                    log.debug("subscribed", queue=self._queue.name)
                    await self._consume(subscription)
            except (BusUnavailable, Unroutable) as err:
                log.warning("subscription_lost", queue=self._queue.name, error=describe(err))
                await self._pause(RESUBSCRIBE_S)
            except ExceptionGroup as errors:
                lost, others = errors.split((BusUnavailable, Unroutable))
                if others is not None:
                    raise others from None
                log.warning("subscription_lost", queue=self._queue.name, error=describe(lost or errors))
                await self._pause(RESUBSCRIBE_S)

    def drain(self) -> None:
        """Takes no more messages; `run` returns when those in hand are settled."""
        self._draining.set()

    async def _consume(self, subscription: Subscription) -> None:
        async with asyncio.TaskGroup() as lanes:
            for _ in range(self._lanes):
                lanes.create_task(self._lane(subscription))

    async def _lane(self, subscription: Subscription) -> None:
        while not self._draining.is_set():
            if deliveries := await self._receive(subscription):
                await self._handle(subscription, deliveries)

    async def _receive(self, subscription: Subscription) -> list[Delivery]:
        """The next messages; none when draining began."""
        receiving = asyncio.create_task(subscription.receive(self._batch_size))
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
        if len(deliveries) > 1 and await self._handle_together(subscription, deliveries):
            return
        for delivery in deliveries:
            with self._correlated(delivery):
                await self._handle_alone(subscription, delivery)

    async def _handle_together(self, subscription: Subscription, deliveries: list[Delivery]) -> bool:
        """All in one transaction; False, with no effect, where any of them failed."""
        try:
            messages = [(delivery, delivery.envelope.open()) for delivery in deliveries]
            async with self._units_of_work.begin() as uow:
                await self._effect(messages, uow)
        except Exception as err:  # noqa: BLE001 - whatever it was, each is tried, and judged, alone
            log.info("batch_split", queue=self._queue.name, size=len(deliveries), error=describe(err))
            return False
        for delivery in deliveries:
            with self._correlated(delivery):
                log.info("handled", tries=delivery.tries)
        await subscription.ack(deliveries)
        return True

    async def _handle_alone(self, subscription: Subscription, delivery: Delivery) -> None:
        """Keeps the message in hand while a dependency is away, since giving it back would only bring
        it round again and use up its deliveries."""
        while True:
            try:
                await self._try(delivery)
            except _AWAY as err:
                if not isinstance(err, DependencyDown) and await self._units_of_work.are_possible():
                    # It looks like a lost database, but it is this message: a slow statement, a file.
                    return await self._settle_failure(subscription, delivery, err)
                log.warning("paused", error=describe(err), pause_s=PAUSE_S)
                await self._pause(PAUSE_S)
                if self._draining.is_set():
                    return await subscription.give_back([delivery])
            except Exception as err:  # noqa: BLE001 - every failure is settled by policy, none ends the lane
                return await self._settle_failure(subscription, delivery, err)
            else:
                log.info("handled", tries=delivery.tries)
                return await subscription.ack([delivery])

    async def _try(self, delivery: Delivery) -> None:
        if isinstance(self._handler, WorkHandler):
            await self._work(self._handler, delivery)
        else:
            async with self._units_of_work.begin() as uow:
                await self._effect([(delivery, delivery.envelope.open())], uow)

    async def _work(self, handler: WorkHandler[Any, Any, Any], delivery: Delivery) -> None:
        message = delivery.envelope.open()
        if await self._units_of_work.read(inbox.is_claimed, self._queue.name, delivery.envelope.id):
            return
        outcome = await handler.work(message, self._resources)
        async with self._units_of_work.begin() as uow:
            if await inbox.claim(uow.connection, self._queue.name, [delivery.envelope.id]):
                await handler.record(message, outcome, uow)

    async def _effect(self, messages: Sequence[tuple[Delivery, Message]], uow: UnitOfWork) -> None:
        by_id = {delivery.envelope.id: (delivery, message) for delivery, message in messages}
        new = await inbox.claim(uow.connection, self._queue.name, list(by_id))
        fresh = [by_id[message_id] for message_id in by_id if message_id in new]
        if isinstance(self._handler, BatchHandler):
            if fresh:
                await self._handler.handle_all([message for _, message in fresh], uow)
            return
        assert isinstance(self._handler, Handler)
        for delivery, message in fresh:
            with self._correlated(delivery):
                await self._handler.handle(message, uow)

    def _correlated(self, delivery: Delivery) -> AbstractContextManager[None]:
        envelope = delivery.envelope
        return correlated(
            Correlation(
                correlation_id=envelope.correlationid,
                causation_id=str(envelope.id),
                traceparent=envelope.traceparent,
            ),
            queue=self._queue.name,
            message_id=str(envelope.id),
            subject=envelope.subject,
        )

    async def _settle_failure(self, subscription: Subscription, delivery: Delivery, error: Exception) -> None:
        tries = delivery.tries + 1
        if isinstance(error, _HOPELESS):
            await self._put_aside(subscription, delivery, error, reason=describe(error))
        elif tries >= MAX_TRIES:
            reason = f"failed {tries} times, last: {describe(error)}"
            await self._put_aside(subscription, delivery, error, reason=reason)
        else:
            delay_s = backoff_s(delivery.tries)
            log.warning("will_retry", delay_s=round(delay_s, 2), exc_info=error)
            await subscription.retry(delivery, delay_s=delay_s)

    async def _put_aside(
        self, subscription: Subscription, delivery: Delivery, error: Exception, *, reason: str
    ) -> None:
        log.error("dead_lettered", reason=reason, exc_info=error)
        if isinstance(self._handler, WorkHandler) and self._handler.give_up is not None:
            try:
                await self._give_up(self._handler.give_up, delivery)
            except Exception as err:
                log.error("not_given_up", exc_info=err)
        await subscription.dead_letter(delivery, reason=reason)

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
