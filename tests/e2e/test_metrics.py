"""Every service counts what it does, and says so at /metrics whoever is away."""

import time
from uuid import uuid4

import httpx
from e2e.api import ENDS_WITHIN_S, Api
from e2e.deployment import Deployment, DistributedDeployment
from e2e.drive import until_so
from e2e.samples import SAMPLES
from e2e.webhooks import Answer, listening
from prometheus_client.parser import text_string_to_metric_families

SAMPLE = SAMPLES / "siobhan-tierney.doc"
PARSING = "hotgigs.parser.worker_job:parse"
UPLOAD = {"method": "POST", "route": "/api/resumes/upload"}

# Metric, service that tells of it, labels, and how much an upload adds.
AFTER_AN_UPLOAD: list[tuple[str, str, dict[str, str], float]] = [
    ("http_requests_total", "gateway", UPLOAD | {"status": "201"}, 1),
    ("http_request_duration_seconds_count", "gateway", UPLOAD, 1),
    *(
        (metric, queue.partition(".")[0], {"queue": queue} | outcome, 1)
        for queue in (
            "ingest.submit_resume",
            "parser.resume_received",
            "gateway.resume_received",
            "ingest.resume_parsed",
            "gateway.resume_completed",
        )
        for metric, outcome in (
            ("messages_handled_total", {"outcome": "handled"}),
            ("message_wait_seconds_count", {}),
            ("handler_duration_seconds_count", {}),
        )
    ),
    ("outbox_published_total", "ingest", {"service": "ingest"}, 4),
    ("outbox_published_total", "parser", {"service": "parser"}, 1),
    ("worker_jobs_total", "parser", {"pool": PARSING, "outcome": "answered"}, 1),
    ("worker_job_duration_seconds_count", "parser", {"pool": PARSING}, 1),
]
NOTHING_WAITS = [
    ("workers", "parser", {"pool": PARSING, "state": "idle"}, 2),
    ("consumer_paused", "parser", {"queue": "parser.resume_received"}, 0),
    ("queue_messages", "ingest", {"queue": "ingest.submit_resume"}, 0),
    ("dead_letters", "ingest", {"queue": "ingest.submit_resume"}, 0),
    ("outbox_messages", "ingest", {"service": "ingest"}, 0),
    ("outbox_unreadable_messages", "ingest", {"service": "ingest"}, 0),
    ("database_up", "gateway", {"service": "gateway"}, 1),
    ("bus_up", "gateway", {}, 1),
]

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def metrics_text(deployment: Deployment, service: str) -> str:
    answer = httpx.get(f"{deployment[service].url}/metrics", timeout=30)
    assert answer.status_code == 200
    return answer.text


def scraped(deployment: Deployment) -> dict[str, Samples]:
    """The samples of every service."""
    return {
        service: {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(metrics_text(deployment, service))
            for sample in family.samples
        }
        for service in deployment.processes
    }


def value(samples: dict[str, Samples], metric: str, service: str, labels: dict[str, str]) -> float:
    return samples[service].get((f"hotgigs_{metric}", frozenset(labels.items())), 0.0)


def test_an_upload_shows_in_the_metrics_of_every_service_it_passes(
    deployment: Deployment, recruiter: Api
) -> None:
    before = scraped(deployment)
    recruiter.until_ended(recruiter.upload(SAMPLE))
    expected = [(*about, value(before, *about) + added) for *about, added in AFTER_AN_UPLOAD] + NOTHING_WAITS
    # The last of it is counted a moment after its effect can be seen.
    deadline = time.monotonic() + ENDS_WITHIN_S
    while time.monotonic() < deadline:
        after = scraped(deployment)
        if all(value(after, *about) == number for *about, number in expected):
            break
        time.sleep(0.05)
    assert [(*about, value(after, *about)) for *about, _ in expected] == expected


def test_what_comes_from_outside_is_in_no_label(deployment: Deployment, recruiter: Api) -> None:
    def series() -> set[str]:
        lines = metrics_text(deployment, "gateway").splitlines()
        return {line.rpartition(" ")[0] for line in lines if line.startswith("hotgigs_http")}

    def ask() -> None:
        for method in ("GET", "POST", "DELETE", "PROPFIND", "MKCOL"):
            for path in (f"/{mark}", f"/api/resumes/{an_id}/status", f"/api/{an_id}?q={mark}"):
                answer = recruiter.http.request(method, path)
                assert answer.status_code in (400, 404, 405)

    mark, an_id = f"mark-{uuid4().hex}", str(uuid4())
    ask()
    once = series()
    ask()
    assert series() == once
    text = metrics_text(deployment, "gateway")
    assert mark not in text
    assert an_id not in text
    assert any('method="other",route="none",status="404"' in line for line in once)
    assert any('method="GET",route="/api/resumes/{resume_id}/status"' in line for line in once)
    assert not any("PROPFIND" in line for line in once)


def test_a_try_to_deliver_is_counted_by_what_became_of_it_and_names_no_webhook(
    deployment: Deployment, recruiter: Api
) -> None:
    def tries(outcome: str) -> float:
        return value(scraped(deployment), "webhook_tries_total", "notifier", {"outcome": outcome})

    with listening() as listen:
        listener = listen(recruiter)
        accepted, refused = tries("accepted"), tries("status")
        listener.inbox.next = [Answer(status=500)]
        listener.post("test")
        listener.inbox.until_called(2)
        until_so(lambda: (tries("accepted"), tries("status")), lambda now: now >= (accepted + 1, refused + 1))
    text = metrics_text(deployment, "notifier")
    assert not [word for word in (listener.id, listener.inbox.url, recruiter.user_id) if word in text]


def test_metrics_are_answered_while_database_and_broker_are_away(
    distributed: DistributedDeployment,
) -> None:
    with distributed.without_broker(), distributed.without_database("parser"):
        samples = scraped(distributed)
    assert value(samples, "bus_up", "parser", {}) == 0
    assert value(samples, "database_up", "parser", {"service": "parser"}) == 0
    assert ("hotgigs_outbox_messages", frozenset({("service", "parser")})) not in samples["parser"]
    assert value(samples, "workers", "parser", {"pool": PARSING, "state": "idle"}) == 2
