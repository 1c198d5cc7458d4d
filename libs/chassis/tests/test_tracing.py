"""The spans of consumers and units of work, as a collector gets them."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

import msgspec
import pytest
import structlog
from consuming import consuming, effects_become, note_progress, units_of_work
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from sample_service.messages import PROGRESSED, parse_failure, progressed
from support.eventually import eventually
from support.otlp import Collector

from hotgigs.chassis import correlation, otlp
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.correlation import Correlation, accepted_traceparent, correlated, log_fields
from hotgigs.chassis.database import Pool
from hotgigs.chassis.errors import Permanent, Transient
from hotgigs.chassis.handlers import BatchHandler, Handler
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.tracing import UNTRACED, open_tracing
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1

PROCESS, SEND = f"process {PROGRESSED.name}", "send parser.resume_parse_failed"
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
UNSAMPLED = PARENT[:-2] + "00"
WITHIN_S = 20
"""Less than the library would wait for a collector."""


def handler(handle: object) -> Handler[ParseProgressedV1]:
    return Handler(message=ParseProgressedV1, handle=handle)


def caused_by(number: int) -> str:
    return f"00-{number + 1:032x}-{number + 1:016x}-01"


async def publish_and_note(event: ParseProgressedV1, uow: UnitOfWork) -> None:
    uow.publish(parse_failure())
    await note_progress(event, uow)


async def outbox(pool: Pool) -> list[Envelope]:
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    return [msgspec.msgpack.decode(row["envelope"], type=Envelope) for row in rows]


@pytest.mark.usefixtures("declared")
async def test_each_message_of_a_batch_is_processed_under_the_span_that_sent_it(
    bus: Bus, pool: Pool, collector: Collector
) -> None:
    sent = [progressed(n, traceparent=caused_by(n)) for n in range(3)]
    await bus.publish(sent)
    async with (
        otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of,
        consuming(bus, PROGRESSED, handler(publish_and_note), pool, tracer=tracer_of("parser")) as consumer,
    ):
        await effects_become(pool, [0, 1, 2])
        consumer.drain()
    processed = {span.trace_id: span for span in collector.named(PROCESS)}
    assert {(t, s.parent_id, s.kind) for t, s in processed.items()} == {
        (f"{n + 1:032x}", f"{n + 1:016x}", "CONSUMER") for n in range(3)
    }
    assert {span.service for span in collector.spans} == {"hotgigs-parser"}
    first = processed[f"{1:032x}"]
    assert first.attributes == {
        "messaging.system": "test",
        "messaging.operation.type": "process",
        "messaging.operation.name": "process",
        "messaging.destination.name": PROGRESSED.name,
        "messaging.message.id": str(sent[0].id),
        "hotgigs.tries": 0,
        "hotgigs.outcome": "handled",
    }
    sending = collector.named(SEND)
    assert {(s.trace_id, s.parent_id, s.kind) for s in sending} == {
        (span.trace_id, span.span_id, "PRODUCER") for span in processed.values()
    }
    assert {e.traceparent for e in await outbox(pool)} == {span.traceparent for span in sending}


@pytest.mark.usefixtures("declared", "in_a_hurry")
async def test_every_try_is_a_span_that_tells_an_errors_type_and_nothing_of_its_words(
    bus: Bus, pool: Pool, collector: Collector
) -> None:
    tries = 0

    async def fail_once(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal tries
        tries += 1
        await publish_and_note(event, uow)
        if tries == 1:
            raise Transient("Jane Doe")

    await bus.publish([progressed(1, traceparent=PARENT)])
    async with (
        otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of,
        consuming(bus, PROGRESSED, handler(fail_once), pool, tracer=tracer_of("parser")) as consumer,
    ):
        await effects_become(pool, [1])
        consumer.drain()
    told = {(s.attributes["hotgigs.outcome"], s.is_error, s.attributes.get("error.type")) for s in
            collector.named(PROCESS)}  # fmt: skip
    assert told == {("retried", True, "hotgigs.chassis.errors.Transient"), ("handled", False, None)}
    assert b"Jane" not in b"".join(collector.bodies)
    # What the first try sent rolled back with it, and is told to nobody.
    assert len(collector.named(SEND)) == 1


@pytest.mark.usefixtures("declared")
async def test_messages_of_a_batch_that_is_split_have_one_span_each(
    bus: Bus, pool: Pool, collector: Collector
) -> None:
    async def fail_on_two(events: Sequence[ParseProgressedV1], uow: UnitOfWork) -> None:
        for event in events:
            await note_progress(event, uow)
            if event.sequence == 2:
                raise Permanent("not this one")

    await bus.publish([progressed(n, traceparent=caused_by(n)) for n in range(4)])
    batches = BatchHandler(message=ParseProgressedV1, handle_all=fail_on_two)
    async with (
        otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of,
        consuming(bus, PROGRESSED, batches, pool, tracer=tracer_of("parser")) as consumer,
    ):
        await effects_become(pool, [0, 1, 3])
        await eventually(lambda: bus.dead_letters(PROGRESSED, limit=1))
        consumer.drain()
    outcomes = {span.trace_id: span.attributes["hotgigs.outcome"] for span in collector.named(PROCESS)}
    assert len(collector.named(PROCESS)) == 4
    assert [outcomes[f"{n + 1:032x}"] for n in range(4)] == ["handled", "handled", "dead_lettered", "handled"]


async def test_a_part_of_the_work_is_the_parent_of_what_is_sent_in_it(
    bus: Bus, pool: Pool, collector: Collector
) -> None:
    async with otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of:
        tracer = tracer_of("parser")
        with correlated(Correlation(correlation_id="a-correlation", traceparent=PARENT)):
            with tracer.doing("part"):
                async with units_of_work(pool, bus, tracer).begin() as uow:
                    uow.publish(parse_failure())
            assert correlation.current().traceparent == PARENT
    (part,), (send,) = collector.named("part"), collector.named(SEND)
    assert (part.parent_id, send.parent_id) == (PARENT.split("-")[2], part.span_id)


@pytest.mark.parametrize(
    ("ratio", "parent", "is_recorded"),
    [
        (0, PARENT, False),
        (0.6, PARENT, False),
        (0.7, PARENT, True),
        (1, PARENT, True),
        (1, UNSAMPLED, False),
        (0, None, False),
        (1, None, True),
    ],
    ids=[
        "none",
        "id above the ratio",
        "id below it",
        "all",
        "caller does not",
        "none of ours",
        "all of ours",
    ],
)
async def test_a_request_is_recorded_by_the_ratio_whatever_its_caller_wants_recorded(
    collector: Collector, ratio: float, parent: str | None, is_recorded: bool
) -> None:
    settings = Settings(otlp_endpoint=collector.url + "/", trace_sample_ratio=ratio)
    async with open_tracing(settings) as tracer_of:
        with tracer_of("gateway").serving("GET", parent) as span:
            assert span.traceparent is not None
            assert bool(int(span.traceparent[-2:], 16) & 1) is is_recorded
            assert parent is None or span.traceparent.split("-")[1] == parent.split("-")[1]
    assert len(collector.spans) == is_recorded


@pytest.mark.parametrize(("parent", "is_recorded"), [(PARENT, True), (UNSAMPLED, False)])
@pytest.mark.parametrize("ratio", [0, 1])
async def test_a_message_is_recorded_where_the_request_behind_it_was(
    collector: Collector, ratio: float, parent: str, is_recorded: bool
) -> None:
    async with otlp.exporting(collector.url, sample_ratio=ratio, bus="test") as tracer_of:
        with tracer_of("parser").processing(PROGRESSED.name, progressed(1, traceparent=parent), 0) as span:
            tracer_of("parser").sending("a.b", span.traceparent).end()
    assert len(collector.spans) == (2 if is_recorded else 0)


@pytest.mark.parametrize("parent", ["", "no traceparent", "ff" + PARENT[2:], f"00-{'0' * 32}-{'1' * 16}-01"])
async def test_a_message_with_a_broken_traceparent_begins_a_trace(collector: Collector, parent: str) -> None:
    async with otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of:
        envelope = progressed(1, traceparent=parent)
        with tracer_of("parser").processing(PROGRESSED.name, envelope, 0):
            pass
    assert collector.spans[0].parent_id == ""


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_a_failed_request_is_an_error_where_the_fault_is_ours(
    collector: Collector, status: int
) -> None:
    async with otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of:
        with tracer_of("gateway").serving("other", None) as span:
            span.answered(None, status)
    (told,) = collector.spans
    assert (told.name, told.kind, told.is_error) == ("HTTP", "SERVER", status == 500)
    assert told.attributes["http.request.method"] == "_OTHER"


@pytest.mark.parametrize(("error", "is_error"), [(OSError(), True), (asyncio.CancelledError(), False)])
async def test_what_failed_is_an_error_and_what_was_called_off_is_none(
    collector: Collector, error: BaseException, is_error: bool
) -> None:
    async with otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of:
        with suppress(OSError, asyncio.CancelledError), tracer_of("gateway").doing("a part"):
            raise error
    (span,) = collector.named("a part")
    assert span.is_error is is_error


async def test_a_collector_that_never_answers_holds_up_neither_work_nor_the_end(collector: Collector) -> None:
    collector.answering.clear()
    async with asyncio.timeout(WITHIN_S):
        async with otlp.exporting(collector.url, sample_ratio=1, bus="test") as tracer_of:
            tracer = tracer_of("gateway")
            for _ in range(5000):
                tracer.sending("a.b", None).end()
            await asyncio.to_thread(collector.requested.wait, WITHIN_S)
    assert collector.spans == []


async def test_a_collector_that_is_away_holds_up_nobody_and_its_address_stays_out_of_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "0.2")
    caplog.set_level(logging.INFO)
    with structlog.testing.capture_logs() as events:
        async with (
            asyncio.timeout(WITHIN_S),
            otlp.exporting("http://127.0.0.1:9", sample_ratio=1, bus="test") as tracer_of,
        ):
            tracer_of("gateway").sending("a.b", None).end()
    assert [event["event"] for event in events] == ["spans_not_exported"]
    assert caplog.records == []


def test_a_collector_that_goes_and_comes_is_logged_when_it_does() -> None:
    good, bad = SpanExportResult.SUCCESS, SpanExportResult.FAILURE
    results = [good, bad, bad, bad, good, good, bad]

    class Scripted(SpanExporter):
        def export(self, _: Sequence[ReadableSpan]) -> SpanExportResult:
            return results.pop(0)

    exporter = otlp._Exporter(Scripted())
    with structlog.testing.capture_logs() as events:
        while results:
            exporter.export([])
    assert [event["event"] for event in events] == [
        "spans_not_exported",
        "spans_exported_again",
        "spans_not_exported",
    ]


async def test_without_a_collector_a_traceparent_goes_on_as_it_is() -> None:
    async with open_tracing(Settings()) as tracer_of:
        tracer = tracer_of("gateway")
    assert tracer is UNTRACED
    with tracer.serving("GET", PARENT) as serving, tracer.sending("a.b", PARENT) as sending:
        assert (serving.traceparent, sending.traceparent) == (PARENT, PARENT)
    assert tracer.processing("q", progressed(1, traceparent=PARENT), 0).traceparent == PARENT


@pytest.mark.parametrize(
    "offered",
    [f"00-{'0' * 32}-{'1' * 16}-01", f"00-{'1' * 32}-{'0' * 16}-01", "ff" + PARENT[2:], PARENT + "\n"],
)
def test_a_traceparent_that_the_standard_calls_invalid_is_not_accepted(offered: str) -> None:
    assert accepted_traceparent(PARENT) == PARENT
    assert accepted_traceparent(offered) is None


def test_a_trace_id_is_in_the_log_lines_of_its_work() -> None:
    def bound(traceparent: str | None) -> object:
        with correlated(Correlation(correlation_id="a-correlation", traceparent=traceparent)):
            return log_fields().get("trace_id")

    assert bound(PARENT) == PARENT.split("-")[1]
    assert bound(None) is None
    assert bound("line\nbreak") is None
