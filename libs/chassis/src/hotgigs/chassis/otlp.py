"""Spans by OpenTelemetry, exported over OTLP/HTTP from a thread of their own.

Names and attributes are OpenTelemetry's semantic conventions for HTTP and messaging spans. What else the
exporter needs, such as headers, it takes from its own ``OTEL_EXPORTER_OTLP_*`` variables.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import version
from types import TracebackType
from typing import Self

import structlog
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBased, Sampler, TraceIdRatioBased
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from hotgigs.chassis import correlation
from hotgigs.contracts.envelope import Envelope

log = structlog.get_logger(__name__)

FLUSH_S = 3.0
"""How long the end of a process may wait for a collector; what was not taken by then is lost."""

_W3C = TraceContextTextMapPropagator()


class _Span:
    def __init__(self, span: trace.Span) -> None:
        self._span = span
        carrier: dict[str, str] = {}
        _W3C.inject(carrier, trace.set_span_in_context(span, Context()))
        self.traceparent = carrier.get("traceparent")

    def set(self, name: str, value: object) -> None:
        self._span.set_attribute(name, value if isinstance(value, int) else str(value))

    def fail(self, error: BaseException) -> None:
        # Never its message, which may quote anything.
        self._failed(f"{type(error).__module__}.{type(error).__qualname__}")

    def _failed(self, error_type: str) -> None:
        self._span.set_attribute("error.type", error_type)
        self._span.set_status(StatusCode.ERROR)

    def end(self) -> None:
        self._span.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, frames: TracebackType | None
    ) -> None:
        # What was called off, as news of a step is when the work is done, did not fail.
        if error is not None and not isinstance(error, asyncio.CancelledError):
            self.fail(error)
        self.end()


class _ServerSpan(_Span):
    def __init__(self, span: trace.Span, method: str) -> None:
        super().__init__(span)
        self._method = method

    def answered(self, route: str | None, status: int) -> None:
        if route is not None:
            self._span.update_name(f"{self._method} {route}")
            self.set("http.route", route)
        if status:
            self.set("http.response.status_code", status)
        if status >= 500:
            self._failed(str(status))


class _Tracer:
    def __init__(self, tracer: trace.Tracer, *, at_edge: trace.Tracer, bus: str) -> None:
        self._tracer = tracer
        self._at_edge = at_edge
        self._bus = bus

    def serving(self, method: str, traceparent: str | None) -> _ServerSpan:
        known, name = ("_OTHER", "HTTP") if method == "other" else (method, method)
        span = self._begun(name, SpanKind.SERVER, traceparent, {"http.request.method": known})
        return _ServerSpan(span, name)

    def processing(self, queue: str, envelope: Envelope, tries: int) -> _Span:
        attributes = self._messaging("process", queue) | {
            "messaging.message.id": str(envelope.id),
            "hotgigs.tries": tries,
        }
        return _Span(self._begun(f"process {queue}", SpanKind.CONSUMER, envelope.traceparent, attributes))

    def sending(self, routing_key: str, traceparent: str | None) -> _Span:
        attributes = self._messaging("send", routing_key)
        return _Span(self._begun(f"send {routing_key}", SpanKind.PRODUCER, traceparent, attributes))

    @contextmanager
    def doing(self, what: str) -> Iterator[_Span]:
        parent = correlation.current().traceparent
        with (
            _Span(self._begun(what, SpanKind.INTERNAL, parent, {})) as span,
            correlation.under(span.traceparent),
        ):
            yield span

    def _messaging(self, operation: str, destination: str) -> dict[str, str | int]:
        return {
            "messaging.system": self._bus,
            "messaging.operation.type": operation,
            "messaging.operation.name": operation,
            "messaging.destination.name": destination,
        }

    def _begun(
        self, name: str, kind: SpanKind, traceparent: str | None, attributes: Mapping[str, str | int]
    ) -> trace.Span:
        """A child of ``traceparent``, where that is a valid one; else the root of a new trace."""
        carrier = {} if traceparent is None else {"traceparent": traceparent}
        tracer = self._at_edge if kind is SpanKind.SERVER else self._tracer
        return tracer.start_span(
            name, context=_W3C.extract(carrier, Context()), kind=kind, attributes=attributes
        )


class _Exporter(SpanExporter):
    """Says once when the collector takes no spans, and once when it does again."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._is_failing = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._exporter.export(spans)
        is_failing = result is not SpanExportResult.SUCCESS
        if is_failing and not self._is_failing:
            log.warning("spans_not_exported")
        elif self._is_failing and not is_failing:
            log.info("spans_exported_again")
        self._is_failing = is_failing
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()


@asynccontextmanager
async def exporting(
    endpoint: str, *, sample_ratio: float, bus: str
) -> AsyncIterator[Callable[[str], _Tracer]]:
    """The tracer of each service by its name. All share one queue, which drops spans when it is full,
    and one thread; every service is a resource of its own, as if it ran alone."""
    # It tells of every failed attempt, with the address.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    processor = BatchSpanProcessor(_Exporter(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces")))
    by_ratio = TraceIdRatioBased(sample_ratio)
    # Messages are our own, and so is what they say of their trace; a request may be anybody's.
    followed, at_edge = ParentBased(by_ratio), ParentBased(by_ratio, remote_parent_sampled=by_ratio)

    def tracer_of(service: str) -> _Tracer:
        name = f"hotgigs-{service}"
        resource = Resource.create({"service.name": name, "service.version": version(name)})

        def tracer(sampler: Sampler) -> trace.Tracer:
            provider = TracerProvider(resource=resource, sampler=sampler, shutdown_on_exit=False)
            provider.add_span_processor(processor)
            return provider.get_tracer("hotgigs.chassis")

        return _Tracer(tracer(followed), at_edge=tracer(at_edge), bus=bus)

    try:
        yield tracer_of
    finally:
        # A thread that nothing waits for: a collector that never answers must not hold up the end.
        closing = threading.Thread(target=processor.shutdown, daemon=True)
        closing.start()
        await asyncio.to_thread(closing.join, FLUSH_S)
