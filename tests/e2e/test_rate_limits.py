"""Nobody makes more requests a minute than is allowed, at however many gateways, whoever is away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from e2e.api import Api
from e2e.deployment import Deployment, DistributedDeployment
from e2e.refusals import assert_refused
from e2e.samples import SAMPLES
from e2e.server_process import ServerProcess

HEADERS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
ON = {"HOTGIGS_RATE_LIMITS": "on", "HOTGIGS_RATE_LIMIT_STORE_SECONDS": "30"}
PDF = (SAMPLES / "tobias-ekwall.pdf").read_bytes()


@pytest.fixture(autouse=True)
def _no_windows_under_way(distributed: DistributedDeployment) -> None:
    """All tests come from one address."""
    distributed.query("gateway", "DELETE FROM gateway.rate_windows")


@pytest.fixture
def user(distributed: DistributedDeployment, recruiter_of: Callable[[Deployment], Api]) -> Api:
    return recruiter_of(distributed)


@contextmanager
def two_gateways(deployment: DistributedDeployment, **settings: str) -> Iterator[list[str]]:
    """Their URLs."""
    folder = deployment.folder / "second"
    folder.mkdir(exist_ok=True)
    second = ServerProcess("gateway", deployment.settings, folder)
    with deployment.set_up_otherwise("gateway", **ON, **settings):
        second.start(**ON, **settings)
        try:
            second.wait_until_ready()
            yield [deployment.url, second.url]
        finally:
            assert second.stop() == 0


def statuses(urls: list[str], count: int, ask: Callable[[str], httpx.Response]) -> list[int]:
    """Of ``count`` requests, at each gateway in turn."""
    answers = [ask(urls[number % len(urls)]) for number in range(count)]
    for answer in answers:
        assert_counted(answer)
    return [answer.status_code for answer in answers]


def assert_counted(answer: httpx.Response) -> None:
    limit, remaining, resets_at = (int(answer.headers[name]) for name in HEADERS)
    assert 0 <= remaining < limit
    assert resets_at > 1_700_000_000
    if answer.status_code == 429:
        assert remaining == 0
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        assert "Try again in" in answer.json()["detail"]


def test_two_gateways_let_through_what_one_would(distributed: DistributedDeployment, user: Api) -> None:
    headers = {"Authorization": user.http.headers["Authorization"]}

    def read(url: str) -> httpx.Response:
        return httpx.get(f"{url}/api/auth/me", headers=headers)

    def upload(url: str) -> httpx.Response:
        files = {"file": ("cv.pdf", PDF)}
        return httpx.post(f"{url}/api/resumes/upload", headers=headers, files=files, timeout=60)

    def upload_many(url: str) -> httpx.Response:
        files = [("files", ("cv.pdf", PDF))]
        return httpx.post(f"{url}/api/resumes/bulk-upload", headers=headers, files=files, timeout=60)

    def log_in(url: str) -> httpx.Response:
        return httpx.post(f"{url}/api/auth/login", json={"email": "nobody@mail.example", "password": "none"})

    few = {"HOTGIGS_RATE_LIMIT_UPLOADS": "3", "HOTGIGS_RATE_LIMIT_ACCOUNTS": "10"}
    with two_gateways(distributed, **few) as urls:
        assert statuses(urls, 101, read) == [200] * 100 + [429]
        assert statuses(urls, 5, upload) == [201] * 3 + [429] * 2
        assert statuses(urls, 4, upload_many) == [201] * 2 + [429] * 2
        assert statuses(urls, 12, log_in) == [401] * 10 + [429] * 2
        for url in urls:
            assert "X-RateLimit-Limit" not in httpx.get(f"{url}/health/ready").headers
            refused = 'hotgigs_requests_refused_total{kind="bulk_upload"} 1.0'
            assert refused in httpx.get(f"{url}/metrics").text


def test_requests_are_counted_while_the_gateway_s_database_is_away(
    distributed: DistributedDeployment, user: Api
) -> None:
    few = {"HOTGIGS_RATE_LIMIT_OTHERS": "5", "HOTGIGS_RATE_LIMIT_ANONYMOUS": "5"}
    with distributed.set_up_otherwise("gateway", HOTGIGS_RATE_LIMITS="on", **few):
        assert user.http.get("/api/auth/me").status_code == 200
        with distributed.without_database("gateway"):
            answers = [user.http.get("/api/auth/me") for _ in range(12)]
            lost = httpx.get(f"{distributed.url}/nowhere")
        for answer in answers:
            assert_counted(answer)
            assert_refused(answer, answer.status_code)
        # Known or, after the database's absence was noticed, unknown: five each at the most.
        refused = [answer.status_code for answer in answers]
        assert set(refused) == {429, 503}
        assert refused[-2:] == [429] * 2
        assert lost.status_code in (404, 429)


def test_live_events_and_errors_say_what_is_left(distributed: DistributedDeployment, user: Api) -> None:
    with distributed.set_up_otherwise("gateway", **ON):
        resume_id = user.upload(("cv.pdf", PDF))
        user.until_ended(resume_id)
        with user.http.stream("GET", f"/api/resumes/{resume_id}/events") as answer:
            assert answer.status_code == 200
            assert_counted(answer)
        for path, status in (("/nowhere", 404), (f"/api/resumes/{resume_id}/download", 200)):
            answer = user.http.get(path)
            assert answer.status_code == status
            assert_counted(answer)
        refusal = httpx.get(f"{user.url}/api/auth/me")
        assert_refused(refusal, 401)
        assert_counted(refusal)
    assert "X-RateLimit-Limit" not in user.http.get("/api/auth/me").headers, "they are off again"


def test_only_a_trusted_proxy_says_who_the_client_is(distributed: DistributedDeployment) -> None:
    def attempts(count: int) -> list[int]:
        """From as many clients, if the proxy is to be believed."""
        return [
            httpx.post(
                f"{distributed.url}/api/auth/refresh",
                json={"refresh_token": "none"},
                headers={"X-Forwarded-For": f"198.51.100.9, 192.0.2.{number}"},
            ).status_code
            for number in range(count)
        ]

    few = {"HOTGIGS_RATE_LIMIT_ACCOUNTS": "2"}
    with distributed.set_up_otherwise("gateway", **ON, **few):
        assert attempts(3) == [401, 401, 429]
    with distributed.set_up_otherwise("gateway", **ON, **few, HOTGIGS_TRUSTED_PROXIES="127.0.0.0/8"):
        assert attempts(3) == [401] * 3


def test_every_route_documents_the_refusal(distributed: DistributedDeployment) -> None:
    document = httpx.get(f"{distributed.url}/schema/openapi.json").json()
    for item in document["paths"].values():
        for operation in item.values():
            assert "Retry-After" in operation["responses"]["429"]["description"]
