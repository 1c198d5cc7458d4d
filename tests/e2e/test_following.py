"""Following a resume: no longer than one may, and not as often as one likes."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from uuid import uuid4

import httpx
import pytest
from e2e.api import Api
from e2e.deployment import Deployment
from e2e.refusals import assert_refused

from hotgigs.gateway.routes.resumes import KEEP_ALIVE_S, STREAMS_PER_USER

AT_ONCE_S = KEEP_ALIVE_S / 3
"""Too short for a keep-alive."""


@pytest.fixture
def waiting(deployment: Deployment, recruiter: Api) -> Iterator[str]:
    """The id of a resume of the recruiter's with which nothing will ever happen."""
    resume_id = uuid4()
    deployment.query(
        "gateway",
        "INSERT INTO gateway.resumes (resume_id, version, attempt, owner_user_id, database_id, source,"
        " filename, status, received_at)"
        " VALUES ($1, 1, 1, $2::text::uuid, $2::text::uuid, 'resume_import', 'cv.pdf', 'uploaded', now())",
        resume_id,
        recruiter.user_id,
    )
    yield str(resume_id)
    deployment.query("gateway", "DELETE FROM gateway.resumes WHERE resume_id = $1", resume_id)


def log_out(recruiter: Api, _: Api) -> httpx.Response:
    return recruiter.http.post("/api/auth/logout")


def suspend(recruiter: Api, admin: Api) -> httpx.Response:
    return admin.http.patch(f"/api/admin/users/{recruiter.user_id}", json={"status": "suspended"})


def revoke_the_api_key(recruiter: Api, _: Api) -> httpx.Response:
    (key,) = recruiter.read("/api/auth/api-keys")
    return recruiter.http.delete(f"/api/auth/api-keys/{key['api_key_id']}")


@pytest.mark.parametrize("end_access", [log_out, suspend, revoke_the_api_key])
def test_a_stream_ends_at_once_when_the_access_does(
    recruiter: Api, admin: Api, waiting: str, end_access: Callable[[Api, Api], httpx.Response]
) -> None:
    if end_access is revoke_the_api_key:
        key = recruiter.http.post("/api/auth/api-keys", json={"name": "ci"}).json()["key"]
        recruiter.secrets.add(key)
        recruiter.http.headers["Authorization"] = f"Bearer {key}"
    with closing(recruiter.events(waiting)) as events:
        assert next(events)["status"] == "uploaded"

        began = time.monotonic()
        assert end_access(recruiter, admin).status_code == 200

        assert list(events) == []
        assert time.monotonic() - began < AT_ONCE_S


def test_a_stream_goes_on_when_somebody_else_s_access_ends(
    deployment: Deployment, recruiter: Api, sign_up: Callable[[str], Api], waiting: str
) -> None:
    with closing(recruiter.events(waiting)) as events:
        assert next(events)["status"] == "uploaded"
        sign_up("candidate").http.post("/api/auth/logout")
        deployment.query(
            "gateway",
            "WITH done AS (UPDATE gateway.resumes SET status = 'failed' WHERE resume_id = $1::text::uuid)"
            " SELECT pg_notify('hotgigs_gateway', 'resume/' || $1::text)",
            waiting,
        )
        assert [event["status"] for event in events] == ["failed"]


def test_a_user_follows_only_so_many_resumes_at_a_time(
    recruiter: Api, sign_up: Callable[[str], Api], admin: Api, waiting: str
) -> None:
    path = f"/api/resumes/{waiting}/events"
    with ExitStack() as streams:
        for _ in range(STREAMS_PER_USER):
            answer = streams.enter_context(recruiter.http.stream("GET", path))
            assert answer.status_code == 200

        refused = recruiter.http.get(path)
        assert_refused(refused, 429, "close one of the streams")
        assert int(refused.headers["Retry-After"]) > 0
        with admin.http.stream("GET", path) as answer:
            assert answer.status_code == 200

    for _ in range(100):  # a gateway hears of a client that hung up a little later
        with recruiter.http.stream("GET", path) as answer:
            if answer.status_code == 200:
                break
    assert answer.status_code == 200
