"""One upload is one trace, through every service, for who asks for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from e2e.api import Api
from e2e.background_loop import BackgroundLoop
from e2e.deployment import Deployment, EmbeddedDeployment
from e2e.samples import PEOPLE, SAMPLES
from support.otlp import Collector, ReceivedSpan

SAMPLE = SAMPLES / "siobhan-tierney.doc"
CLIENT_SPAN = "00f067aa0ba902b7"
REQUEST = "POST /api/resumes/upload"
RECEIVED, COMPLETED = "send ingest.resume_received", "send ingest.resume_completed"

TREE = {
    (REQUEST, "gateway", "SERVER", None),
    ("send gateway.submit_resume", "gateway", "PRODUCER", REQUEST),
    ("process ingest.submit_resume", "ingest", "CONSUMER", "send gateway.submit_resume"),
    (RECEIVED, "ingest", "PRODUCER", "process ingest.submit_resume"),
    ("process gateway.resume_received", "gateway", "CONSUMER", RECEIVED),
    ("process parser.resume_received", "parser", "CONSUMER", RECEIVED),
    ("parse", "parser", "INTERNAL", "process parser.resume_received"),
    ("send parser.resume_parsed", "parser", "PRODUCER", "process parser.resume_received"),
    ("process ingest.resume_parsed", "ingest", "CONSUMER", "send parser.resume_parsed"),
    (COMPLETED, "ingest", "PRODUCER", "process ingest.resume_parsed"),
    ("process gateway.resume_completed", "gateway", "CONSUMER", COMPLETED),
    ("process drive-sync.resume_completed", "drive-sync", "CONSUMER", COMPLETED),
    ("process notifier.resume_completed", "notifier", "CONSUMER", COMPLETED),
    ("send ingest.candidate_added", "ingest", "PRODUCER", "process ingest.resume_parsed"),
    ("process gateway.candidate_added", "gateway", "CONSUMER", "send ingest.candidate_added"),
    ("process matcher.candidate_added", "matcher", "CONSUMER", "send ingest.candidate_added"),
    ("process notifier.candidate_added", "notifier", "CONSUMER", "send ingest.candidate_added"),
    ("send ingest.activities_recorded", "ingest", "PRODUCER", "process ingest.resume_parsed"),
    ("process gateway.activities_recorded", "gateway", "CONSUMER", "send ingest.activities_recorded"),
}
"""Name, service, kind, and the parent's name."""
PROGRESS = {"send parser.parse_progressed", "process gateway.parse_progressed"} | {
    f"{does} {message}"
    for does in ("send", "process")
    for message in (
        "matcher.candidate_run_requested",
        "matcher.matches_computed",
        "gateway.matches_computed",
        "notifier.matches_computed",
    )
}
"""Told only where parsing takes long enough for people to see it, or where there are jobs to match."""

WHAT_SPANS_ARE_MADE_OF = (
    *(f"opentelemetry.{part}" for part in ("trace", "context", "propagate", "sdk", "exporter", "proto")),
    "google.protobuf",
    "hotgigs.chassis.otlp",
)
"""Litestar itself looks for a plugin of its own, and so finds the names of attributes."""


@pytest.fixture
def tracing(deployment: Deployment, collector: Collector) -> Iterator[ExitStack]:
    """The deployment's processes export to the collector; they end, and have exported all, when this
    is closed."""
    with ExitStack() as stack:
        for process in deployment.distinct_processes:
            service = "gateway" if process.name == "all" else process.name
            stack.enter_context(deployment.set_up_otherwise(service, HOTGIGS_OTLP_ENDPOINT=collector.url))
        yield stack


@pytest.mark.timeout(300)  # every service is started twice
def test_an_upload_is_one_trace_from_the_client_to_the_last_projection(
    deployment: Deployment, tracing: ExitStack, recruiter: Api, collector: Collector
) -> None:
    trace_id = uuid4().hex
    resume_id = recruiter.upload(SAMPLE, traceparent=f"00-{trace_id}-{CLIENT_SPAN}-01")
    recruiter.until_ended(resume_id)
    recruiter.data(resume_id)
    logged_soon(deployment, trace_id)
    tracing.close()

    spans = [span for span in collector.spans if span.trace_id == trace_id]
    by_id = {span.span_id: span for span in spans}
    (request,) = collector.named(REQUEST)
    assert request.parent_id == CLIENT_SPAN
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": "/api/resumes/upload",
        "http.response.status_code": 201,
    }
    told = [branch(span, by_id) for span in spans if span.name not in PROGRESS]
    assert sorted(told, key=str) == sorted(TREE, key=str)
    assert not [span for span in spans if span.is_error]
    message_ids = [span.attributes.get("messaging.message.id") for span in spans]
    assert message_ids.count(only(spans, RECEIVED).attributes["messaging.message.id"]) == 3
    parse = only(spans, "parse")
    assert parse.attributes == {"hotgigs.file.type": "RTF", "hotgigs.file.size": SAMPLE.stat().st_size}

    assert_no_personal_data(collector, recruiter, resume_id)


def branch(span: ReceivedSpan, by_id: dict[str, ReceivedSpan]) -> tuple[str, str, str, str | None]:
    parent = by_id.get(span.parent_id)
    return (
        span.name,
        span.service.removeprefix("hotgigs-"),
        span.kind,
        None if parent is None else parent.name,
    )


def only(spans: list[ReceivedSpan], name: str) -> ReceivedSpan:
    (span,) = [span for span in spans if span.name == name]
    return span


def assert_no_personal_data(collector: Collector, user: Api, resume_id: str) -> None:
    exported = b"".join(collector.bodies).decode(errors="replace").casefold()
    assert "/api/resumes/{resume_id}/data" in exported
    full_name, email, _ = PEOPLE[SAMPLE.name]
    words = [full_name, *full_name.split(), email, SAMPLE.name, SAMPLE.stem, user.email, user.password]
    assert [word for word in words if word.casefold() in exported] == []
    assert f"/api/resumes/{resume_id}" not in exported


def test_without_a_collector_the_clients_trace_still_reaches_the_last_message(
    deployment: Deployment, recruiter: Api
) -> None:
    trace_id = uuid4().hex
    resume_id = recruiter.upload(SAMPLE, traceparent=f"00-{trace_id}-{CLIENT_SPAN}-01")
    recruiter.until_ended(resume_id)
    assert logged_soon(deployment, trace_id)[0]["subject"] == resume_id


def logged_soon(deployment: Deployment, trace_id: str) -> list[dict[str, str]]:
    """What the handler of the last message logs, after its effect can be seen."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if events := deployment["gateway"].logged(
            event="handled", queue="gateway.resume_completed", trace_id=trace_id
        ):
            return events
        time.sleep(0.05)
    raise AssertionError("the trace's last message was not handled")


def test_who_wants_no_spans_pays_for_none(
    tmp_path_factory: pytest.TempPathFactory,
    settings: dict[str, str],
    loop: BackgroundLoop,
    recruiter_of: Callable[[Deployment], Api],
) -> None:
    folder: Path = tmp_path_factory.mktemp("imports")
    system = EmbeddedDeployment(folder, settings | {"PYTHONPROFILEIMPORTTIME": "1"}, loop)
    try:
        system.start()
        api = recruiter_of(system)
        api.until_ended(api.upload(SAMPLE))
    finally:
        system.stop()
    imported = {line.rpartition("|")[2].strip() for line in system.log_text().splitlines() if "|" in line}
    assert {"hotgigs.chassis.tracing", "hotgigs.gateway.http"} <= imported
    assert not [name for name in imported if name.startswith(WHAT_SPANS_ARE_MADE_OF)]
