"""Whatever goes away in the middle of a request: who tries again with the same key has made one resume."""

import socket
import stat
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from e2e import documents
from e2e.api import ENDS_WITHIN_S, Api
from e2e.background_loop import BackgroundLoop
from e2e.deployment import Deployment, DistributedDeployment
from e2e.idempotent_requests import (
    add_api_key,
    answered,
    batches_of,
    bulk_upload,
    is_replayed,
    records_of,
    resumes_of,
    upload,
)
from e2e.refusals import assert_refused
from e2e.samples import SAMPLES

from hotgigs.gateway.idempotency.spooled_body import MEMORY_BYTES

PDF = ("cv.pdf", (SAMPLES / "tobias-ekwall.pdf").read_bytes())
DOC = ("cv.doc", (SAMPLES / "caleb-norquist.doc").read_bytes())
LEASE = {"HOTGIGS_IDEMPOTENCY_LEASE_SECONDS": "1"}


@pytest.fixture
def user(distributed: DistributedDeployment, recruiter_of: Callable[[Deployment], Api]) -> Api:
    return recruiter_of(distributed)


@pytest.fixture
def locked(
    loop: BackgroundLoop, distributed: DistributedDeployment
) -> Callable[[str], AbstractContextManager[None]]:
    """Holds up everybody who reads or writes one of the gateway's tables, for a block."""

    @asynccontextmanager
    async def lock(table: str) -> AsyncIterator[None]:
        connection = await asyncpg.connect(distributed.database_url_of("gateway"))
        try:
            async with connection.transaction():
                await connection.execute(f"LOCK TABLE gateway.{table} IN ACCESS EXCLUSIVE MODE")
                yield
        finally:
            await connection.close()

    return lambda table: loop.entered(lock(table))


def until(is_true: Callable[[], object]) -> None:
    deadline = time.monotonic() + ENDS_WITHIN_S
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def nameless_bytes_of(pid: int) -> int:
    """What a process has in open files that nobody else can find; Linux only."""
    return sum(size for size, links in _open_files_of(pid) if links == 0)


def _open_files_of(pid: int) -> Iterator[tuple[int, int]]:
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found = entry.stat()
            if stat.S_ISREG(found.st_mode):
                yield found.st_size, found.st_nlink


def killed_when(
    deployment: Deployment, ask: Callable[[], httpx.Response], is_time: Callable[[], object]
) -> None:
    """Asks; kills the gateway when it is time; the answer does not come. Starts the gateway again."""
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(ask)
        until(is_time)
        deployment["gateway"].kill()
        with pytest.raises(httpx.TransportError):
            asking.result()


def forget_answer(deployment: Deployment, api: Api) -> None:
    """As if the gateway had been killed after the effect, before it could keep its answer."""
    deployment.query(
        "gateway",
        "UPDATE gateway.idempotency_keys SET status = NULL, answer = NULL WHERE user_id = $1",
        api.user_id,
    )


def test_an_upload_that_was_refused_without_the_broker_is_one_resume_when_it_is_back(
    distributed: DistributedDeployment, user: Api, key: str
) -> None:
    before = distributed.blobs
    with distributed.without_broker():
        for _ in range(2):
            assert_refused(upload(user, key, PDF), 503, "try again")
        assert_refused(upload(user, key, DOC), 422, "another request")
        assert distributed.blobs == before

    answer = answered(lambda: upload(user, key, PDF))
    assert (answer.status_code, is_replayed(answer)) == (201, False)
    assert upload(user, key, PDF).json() == answer.json()
    assert distributed.blobs - before == set(resumes_of(distributed, user))
    assert len(resumes_of(distributed, user)) == 1
    assert user.until_ended(answer.json()["resume_id"])["status"] == "completed"


def test_a_gateway_killed_while_a_file_is_sent_has_begun_nothing(
    distributed: DistributedDeployment, user: Api, key: str
) -> None:
    address = urlsplit(user.url)
    gateway = distributed["gateway"]
    head = (
        f"POST /api/resumes/upload HTTP/1.1\r\nHost: {address.netloc}\r\nIdempotency-Key: {key}\r\n"
        f"Authorization: {user.http.headers['Authorization']}\r\nContent-Length: {4 * MEMORY_BYTES}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    )
    with socket.create_connection((address.hostname or "", address.port or 0)) as client:
        client.sendall(head.encode() + bytes(2 * MEMORY_BYTES))
        until(lambda: nameless_bytes_of(gateway.pid) > MEMORY_BYTES)
        gateway.kill()
    distributed.bring_back()

    assert not records_of(distributed, user)
    answer = upload(user, key, PDF)
    assert (answer.status_code, is_replayed(answer)) == (201, False)
    assert len(resumes_of(distributed, user)) == 1


def test_a_gateway_killed_before_the_command_leaves_a_request_that_is_continued(
    distributed: DistributedDeployment, user: Api, key: str
) -> None:
    files = [(f"{n}.pdf", documents.pdf_of_size(100_000)) for n in range(99)] + [PDF]
    before = distributed.blobs
    with distributed.set_up_otherwise("gateway", **LEASE):
        killed_when(
            distributed, lambda: bulk_upload(user, key, files), lambda: len(distributed.blobs - before) > 2
        )
        assert len(records_of(distributed, user)) == 1
        assert batches_of(distributed, user) == 0
        distributed.bring_back()

        assert_refused(bulk_upload(user, key, [PDF]), 422, "another request")
        answer = answered(lambda: bulk_upload(user, key, files))
        # 202 where a busy machine takes longer than a client is let wait for the effect.
        assert answer.status_code in (201, 202)
        assert not is_replayed(answer)
        assert bulk_upload(user, key, files).json() == answer.json()
    assert batches_of(distributed, user) == 1
    batch = user.until_batch_ended(answer.json()["batch_id"])
    assert [resume["filename"] for resume in batch["resumes"]] == [name for name, _ in files]
    assert batch["completed"] == 1


def test_a_gateway_killed_after_the_command_has_made_one_resume_and_keeps_its_file(
    distributed: DistributedDeployment,
    user: Api,
    key: str,
    locked: Callable[[str], AbstractContextManager[None]],
) -> None:
    before = distributed.blobs
    with distributed.set_up_otherwise("gateway", **LEASE):
        with locked("resumes"):
            killed_when(distributed, lambda: upload(user, key, PDF), lambda: resumes_of(distributed, user))
        (stored,) = resumes_of(distributed, user)
        distributed.bring_back()

        with distributed.without_broker():
            refusal = answered(lambda: upload(user, key, PDF), tried_again=[409])
            assert_refused(refusal, 503, "try again")
        answer = answered(lambda: upload(user, key, PDF))
    assert (answer.status_code, is_replayed(answer)) == (201, False)
    assert resumes_of(distributed, user) == [stored]
    assert distributed.blobs - before == {stored}, "the second try's file is nobody's"
    resume_id = answer.json()["resume_id"]
    assert user.until_ended(resume_id)["status"] == "completed"
    assert user.http.get(f"/api/resumes/{resume_id}/download").content == PDF[1]


def test_a_gateway_killed_after_the_command_of_a_batch_has_made_one_batch_and_keeps_its_files(
    distributed: DistributedDeployment,
    user: Api,
    key: str,
    locked: Callable[[str], AbstractContextManager[None]],
) -> None:
    files = [PDF, ("picture.pdf", b"\x89PNG\r\n\x1a\n"), ("more.zip", documents.zip_of(dict([DOC])))]
    before = distributed.blobs
    with distributed.set_up_otherwise("gateway", **LEASE):
        with locked("resumes"):
            killed_when(
                distributed, lambda: bulk_upload(user, key, files), lambda: batches_of(distributed, user)
            )
        stored = {blob for blob in resumes_of(distributed, user) if blob}
        distributed.bring_back()
        answer = answered(lambda: bulk_upload(user, key, files))
    assert (answer.status_code, is_replayed(answer), answer.json()["total_files"]) == (201, False, 3)
    assert batches_of(distributed, user) == 1
    assert distributed.blobs - before == stored, "the second try's files are nobody's"
    batch = user.until_batch_ended(answer.json()["batch_id"])
    assert [resume["filename"] for resume in batch["resumes"]] == [PDF[0], "picture.pdf", DOC[0]]
    assert [resume["status"] for resume in batch["resumes"]] == ["completed", "failed", "completed"]


def test_a_second_try_that_fails_deletes_its_own_files_and_none_of_the_first(
    distributed: DistributedDeployment,
    user: Api,
    key: str,
    locked: Callable[[str], AbstractContextManager[None]],
) -> None:
    files = [(f"{n}.pdf", documents.pdf_of_size(100_000)) for n in range(99)] + [PDF]

    def ask() -> httpx.Response:
        return answered(lambda: bulk_upload(user, key, files), tried_again=[409])

    before = distributed.blobs
    with distributed.set_up_otherwise("gateway", **LEASE):
        with locked("resumes"):
            killed_when(distributed, ask, lambda: batches_of(distributed, user))
        stored = distributed.blobs
        distributed.bring_back()
        with ThreadPoolExecutor(1) as threads:
            asking = threads.submit(ask)
            until(lambda: len(distributed.blobs - stored) > 2)
            with distributed.without_broker():
                assert_refused(asking.result(), 503, "try again")
        assert distributed.blobs == stored
        assert stored - before == set(resumes_of(distributed, user))
        answer = answered(lambda: bulk_upload(user, key, files))
    assert user.until_batch_ended(answer.json()["batch_id"])["completed"] == 1


def test_a_batch_that_is_tried_again_while_ingest_is_away_is_shown_once(
    distributed: DistributedDeployment, user: Api, key: str
) -> None:
    with distributed.away("ingest"):
        first = bulk_upload(user, key, [PDF, DOC])
        assert first.status_code == 202
        forget_answer(distributed, user)
        second = bulk_upload(user, key, [PDF, DOC])
        assert (second.status_code, is_replayed(second)) == (202, False)
        assert second.json() == first.json()
        assert user.batch(first.json()["batch_id"])["total_files"] == 2

    batch = user.until_batch_ended(first.json()["batch_id"])
    assert (batch["total_files"], batch["completed"]) == (2, 2)
    assert len(resumes_of(distributed, user)) == 2


def test_an_api_key_whose_answer_was_lost_is_told_anew_and_is_one(
    distributed: DistributedDeployment, user: Api, key: str
) -> None:
    lost = add_api_key(user, key).json()
    forget_answer(distributed, user)
    told = add_api_key(user, key).json()
    assert told["api_key_id"] == lost["api_key_id"]
    assert [one["api_key_id"] for one in user.read("/api/auth/api-keys")] == [told["api_key_id"]]
    me = user.http.get("/api/auth/me", headers={"Authorization": f"Bearer {told['key']}"})
    assert me.status_code == 200
    nobody = user.http.get("/api/auth/me", headers={"Authorization": f"Bearer {lost['key']}"})
    assert_refused(nobody, 401)


def test_an_api_key_that_was_revoked_before_its_request_is_tried_again_stays_revoked(
    distributed: DistributedDeployment, user: Api, key: str
) -> None:
    lost = add_api_key(user, key).json()
    user.http.delete(f"/api/auth/api-keys/{lost['api_key_id']}").raise_for_status()
    forget_answer(distributed, user)
    assert_refused(add_api_key(user, key), 409, "revoked meanwhile")
    assert user.read("/api/auth/api-keys") == []


def test_an_answer_that_the_client_did_not_wait_for_is_there_when_it_asks_again(
    distributed: DistributedDeployment,
    user: Api,
    key: str,
    locked: Callable[[str], AbstractContextManager[None]],
) -> None:
    with locked("resumes"):
        impatient = httpx.Client(base_url=user.url, headers=user.http.headers, timeout=0.5)
        with impatient, suppress(httpx.TimeoutException):
            impatient.post("/api/resumes/upload", files={"file": PDF}, headers={"Idempotency-Key": key})
        assert_refused(upload(user, key, PDF), 409, "still being carried out")
    answer = answered(lambda: upload(user, key, PDF))
    assert (answer.status_code, is_replayed(answer)) == (201, True)
    assert len(resumes_of(distributed, user)) == 1
