"""Spans of what services do, for the collector of HOTGIGS_OTLP_ENDPOINT.

Without one a span is no more than the traceparent that came in, which goes on to whatever follows; then
nothing of OpenTelemetry is imported. With one, spans are made by `hotgigs.chassis.otlp`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from types import TracebackType
from typing import Protocol, Self

from hotgigs.chassis import correlation
from hotgigs.chassis.settings import Settings
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.message import Message
from hotgigs.contracts.registry import type_of


class Span(Protocol):
    """Begins when it is made and ends when it is left, or by `end`; one that never ends is never told of.

    An exception that passes through it is told by its type. ``set`` is for what may leave the system:
    kinds, counts and sizes, and never what a person wrote.
    """

    @property
    def traceparent(self) -> str | None:
        """What a message carries that is sent inside of this span."""
        ...

    def set(self, name: str, value: object) -> None: ...

    def fail(self, error: BaseException) -> None: ...

    def end(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, frames: TracebackType | None
    ) -> None: ...


class ServerSpan(Span, Protocol):
    def answered(self, route: str | None, status: int) -> None:
        """``route`` is the template, never the path; ``status`` is 0 where no answer was begun."""
        ...


class Tracer(Protocol):
    """Makes one service's spans."""

    def serving(self, method: str, traceparent: str | None) -> ServerSpan:
        """An HTTP request; ``method`` is one that is known, or "other"."""
        ...

    def processing(self, queue: str, envelope: Envelope, tries: int) -> Span:
        """A message's handling."""
        ...

    def sending(self, routing_key: str, traceparent: str | None) -> Span:
        """A message's sending, until the bus or a committed transaction has it."""
        ...

    def doing(self, what: str) -> AbstractContextManager[Span]:
        """A part of the work in hand."""
        ...


class _Passed:
    """What comes in goes on."""

    __slots__ = ("traceparent",)

    def __init__(self, traceparent: str | None) -> None:
        self.traceparent = traceparent

    def set(self, name: str, value: object) -> None:
        pass

    def fail(self, error: BaseException) -> None:
        pass

    def answered(self, route: str | None, status: int) -> None:
        pass

    def end(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Untraced:
    """The `Tracer` of who tells nobody."""

    def serving(self, method: str, traceparent: str | None) -> _Passed:
        return _Passed(traceparent)

    def processing(self, queue: str, envelope: Envelope, tries: int) -> _Passed:
        return _Passed(envelope.traceparent)

    def sending(self, routing_key: str, traceparent: str | None) -> _Passed:
        return _Passed(traceparent)

    def doing(self, what: str) -> _Passed:
        return _Passed(None)


UNTRACED = Untraced()


def enveloped(message: Message, *, source: str, tracer: Tracer) -> tuple[Envelope, Span]:
    """A new envelope that names what is in hand as its cause, and the span of its sending."""
    cause = correlation.current()
    span = tracer.sending(type_of(type(message)).routing_key, cause.traceparent)
    envelope = wrap(
        message,
        source=source,
        correlation_id=cause.correlation_id,
        causation_id=cause.causation_id,
        traceparent=span.traceparent,
    )
    span.set("messaging.message.id", envelope.id)
    return envelope, span


@asynccontextmanager
async def open_tracing(settings: Settings) -> AsyncIterator[Callable[[str], Tracer]]:
    """The tracer of each service by its name. Leaving waits, within bounds, for the last spans to be
    exported."""
    if settings.otlp_endpoint is None:
        yield lambda _: UNTRACED
        return
    from hotgigs.chassis import otlp  # noqa: PLC0415 - of the extra that only this needs

    async with otlp.exporting(
        settings.otlp_endpoint,
        sample_ratio=settings.trace_sample_ratio,
        bus="postgresql" if settings.amqp_url is None else "rabbitmq",
    ) as tracer_of:
        yield tracer_of
