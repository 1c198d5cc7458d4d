"""What is counted and timed where it happens; what is read when it is asked for is in `scrape`.

Labels are names of our own, such as queues and routes, and never what came from outside. Several services
of one process share these metrics and differ in their labels.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Literal, get_args

import prometheus_client
from prometheus_client import Counter, Gauge, Histogram

# One more series for each, which says nothing that a scraper does not know.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]

_REQUEST_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_WORK_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_WAIT_BUCKETS_S = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600)

HTTP_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_http_requests = Counter(
    "hotgigs_http_requests_total",
    'HTTP requests answered; status "none": the client left before an answer began',
    ["method", "route", "status"],
)
_http_request_duration = Histogram(
    "hotgigs_http_request_duration_seconds",
    "Time until a request's answer was sent",
    ["method", "route"],
    buckets=_REQUEST_BUCKETS_S,
)
_handler_duration = Histogram(
    "hotgigs_handler_duration_seconds",
    "Time of one try of a handler; messages that share a transaction count as one",
    ["queue"],
    buckets=_WORK_BUCKETS_S,
)
_messages_handled = Counter(
    "hotgigs_messages_handled_total", "What became of messages that were taken", ["queue", "outcome"]
)
_message_wait = Histogram(
    "hotgigs_message_wait_seconds",
    "From a message's making to the begin of its first try",
    ["queue"],
    buckets=_WAIT_BUCKETS_S,
)
_consumer_paused = Gauge(
    "hotgigs_consumer_paused", "1 while a consumer waits for something that is away", ["queue"]
)
_outbox_published = Counter(
    "hotgigs_outbox_published_total", "Messages of the outbox that the bus took", ["service"]
)
_outbox_publish_failures = Counter(
    "hotgigs_outbox_publish_failures_total",
    "Attempts to publish a message of the outbox that failed",
    ["service", "reason"],
)
_workers = Gauge("hotgigs_workers", "Worker processes", ["pool", "state"])
_worker_jobs = Counter("hotgigs_worker_jobs_total", "Jobs that workers were given", ["pool", "outcome"])
_worker_job_duration = Histogram(
    "hotgigs_worker_job_duration_seconds",
    "Time of a job, from when it has a worker",
    ["pool"],
    buckets=_WORK_BUCKETS_S,
)
_worker_restarts = Counter(
    "hotgigs_worker_restarts_total", "Workers started in place of one that ended", ["pool"]
)

Outcome = Literal["handled", "duplicate", "retried", "dead_lettered", "given_back"]
PublishFailure = Literal["unroutable", "confirm_lost", "bus_unavailable", "unreadable"]
WorkerState = Literal["busy", "idle", "stopped"]


def http_answered(method: str, route: str | None, status: int, duration_s: float) -> None:
    """``method`` is one of `HTTP_METHODS` or "other", ``route`` the template, ``status`` 0 where no answer
    was begun."""
    requests, duration = _of_route(method, route, status)
    requests.inc()
    duration.observe(duration_s)


@cache
def _of_route(method: str, route: str | None, status: int) -> tuple[Counter, Histogram]:
    route = route or "none"
    requests = _http_requests.labels(method, route, status or "none")
    return requests, _http_request_duration.labels(method, route)


class QueueMetrics:
    """Of one handler's queue."""

    def __init__(self, queue: str) -> None:
        self.duration = _handler_duration.labels(queue)
        self._outcomes = {o: _messages_handled.labels(queue, o) for o in get_args(Outcome)}
        self._wait = _message_wait.labels(queue)
        self._paused = _consumer_paused.labels(queue)
        self._waiting: set[object] = set()

    def taken(self, made_at: datetime) -> None:
        """``made_at`` is by another machine's clock, which may be ahead of this one's."""
        self._wait.observe(max(0.0, (datetime.now(UTC) - made_at).total_seconds()))

    def settled(self, outcome: Outcome) -> None:
        self._outcomes[outcome].inc()

    def pause(self, who: object) -> None:
        """``who`` waits, until `go_on`; the queue is paused while anyone does."""
        self._waiting.add(who)
        self._paused.set(1)

    def go_on(self, who: object) -> None:
        if who in self._waiting:
            self._waiting.remove(who)
            self._paused.set(1 if self._waiting else 0)


class OutboxMetrics:
    """Of one service's outbox."""

    def __init__(self, service: str) -> None:
        self.published = _outbox_published.labels(service)
        self._failures = {r: _outbox_publish_failures.labels(service, r) for r in get_args(PublishFailure)}

    def failed(self, reason: PublishFailure, count: int = 1) -> None:
        self._failures[reason].inc(count)


class PoolMetrics:
    """Of one pool of workers."""

    def __init__(self, pool: str) -> None:
        self._pool = pool
        self._states = {state: _workers.labels(pool, state) for state in get_args(WorkerState)}
        self._duration = _worker_job_duration.labels(pool)
        self.restarts = _worker_restarts.labels(pool)

    def moved(self, old: WorkerState | None, new: WorkerState | None) -> None:
        """A worker's change; None is where it is not there."""
        if old is not None:
            self._states[old].dec()
        if new is not None:
            self._states[new].inc()

    @contextmanager
    def job(self) -> Iterator[None]:
        """One job; its outcome is "answered", or the type of what it raised."""
        began = time.perf_counter()
        outcome = "answered"
        try:
            yield
        except BaseException as err:
            outcome = _in_snake_case(type(err).__name__)
            raise
        finally:
            self._duration.observe(time.perf_counter() - began)
            _worker_jobs.labels(self._pool, outcome).inc()


@cache
def _in_snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
