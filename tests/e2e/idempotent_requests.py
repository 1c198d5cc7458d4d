"""POSTs with an Idempotency-Key, and what is left of them."""

import time
from collections.abc import Callable, Collection, Sequence

import httpx
from e2e.api import ENDS_WITHIN_S, Api, File
from e2e.deployment import Deployment


def upload(api: Api, key: str, file: File) -> httpx.Response:
    """Every call has a boundary of its own."""
    return api.http.post("/api/resumes/upload", files={"file": file}, headers={"Idempotency-Key": key})


def bulk_upload(api: Api, key: str, files: Sequence[File]) -> httpx.Response:
    return api.http.post(
        "/api/resumes/bulk-upload",
        files=[("files", file) for file in files],
        headers={"Idempotency-Key": key},
    )


def add_api_key(api: Api, key: str, name: str = "ci") -> httpx.Response:
    answer = api.http.post("/api/auth/api-keys", json={"name": name}, headers={"Idempotency-Key": key})
    if answer.status_code == 201:
        api.secrets.add(answer.json()["key"])
    return answer


def is_replayed(answer: httpx.Response) -> bool:
    return answer.headers.get("Idempotent-Replayed") == "true"


def answered(
    ask: Callable[[], httpx.Response], *, tried_again: Collection[int] = (409, 503)
) -> httpx.Response:
    """The first answer that does not ask to try again, as a client waits for it that keeps its key."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while (answer := ask()).status_code in tried_again and "Retry-After" in answer.headers:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.1)
    return answer


def resumes_of(deployment: Deployment, api: Api) -> list[str]:
    """The blob keys of all that ingest keeps for the user, by resume."""
    rows = deployment.query(
        "ingest", "SELECT blob_key FROM ingest.resumes WHERE owner_user_id = $1 ORDER BY 1", api.user_id
    )
    return [row["blob_key"] for row in rows]


def batches_of(deployment: Deployment, api: Api) -> int:
    count: int = deployment.query(
        "ingest", "SELECT count(*) FROM ingest.batches WHERE owner_user_id = $1", api.user_id
    )[0][0]
    return count


def records_of(deployment: Deployment, api: Api) -> list[bytes]:
    """Everything that the table of keys has of the user's requests, as bytes."""
    rows = deployment.query(
        "gateway", "SELECT * FROM gateway.idempotency_keys WHERE user_id = $1", api.user_id
    )
    return [
        b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
        for row in rows
    ]
