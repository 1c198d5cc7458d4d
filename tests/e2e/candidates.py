"""Candidates as a client finds and changes them."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from e2e import documents
from e2e.api import ENDS_WITHIN_S, Api

CANDIDATES = "/api/resumes/candidates"


def new_person(name: str = "Ada Example") -> tuple[str, str]:
    """A name and a mail address that nobody has yet."""
    return name, f"{uuid4().hex[:12]}@mail.example"


def resume_of(name: str, email: str, *, title: str = "Engineer") -> tuple[str, bytes]:
    """A file that says so much."""
    lines = [name, email, "Experience", f"{title}, Analytical Engines Ltd, 2019 - 2021"]
    return f"{email}.docx", documents.plain_docx("\n".join(lines))


def imported(api: Api, *files: tuple[str, bytes]) -> list[str]:
    """The ids of the candidates of `resume_of` files, which the caller can read."""
    api.secrets.add(*(name.removesuffix(".docx") for name, _ in files))
    batch_id = api.post_files(files).raise_for_status().json()["batch_id"]
    batch = api.until_batch_ended(batch_id)
    candidate_ids = [resume["candidate_id"] for resume in batch["resumes"]]
    for candidate_id in candidate_ids:
        until_status(api, candidate_id, 200)
    return candidate_ids


def path_of(candidate_id: str, *parts: str) -> str:
    return "/".join((CANDIDATES, candidate_id, *parts))


def detail(api: Api, candidate_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = api.read(path_of(candidate_id))
    return answer


def listed(api: Api, **params: str) -> list[str]:
    """The ids of the caller's candidates."""
    answer = api.http.get(CANDIDATES, params=params).raise_for_status()
    return [each["candidate_id"] for each in answer.json()]


def done(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


def add_note(api: Api, candidate_id: str, content: str, **others: Any) -> httpx.Response:
    api.secrets.add(content)
    headers = {"Idempotency-Key": others.pop("key")} if "key" in others else {}
    note = {"title": "A note", "content": content} | others
    return api.http.post(path_of(candidate_id, "notes"), json=note, headers=headers)


def share(admin: Api, candidate_id: str, recruiter: Api, **permissions: Any) -> dict[str, Any]:
    body = {"candidate_ids": [candidate_id], "recruiter_ids": [recruiter.user_id]} | permissions
    return done(admin.http.post("/api/resumes/admin/candidates/share", json=body))


def until_status(api: Api, candidate_id: str, status: int) -> None:
    """As long as it takes for what nobody waited for to be heard of."""
    until(lambda: api.http.get(path_of(candidate_id)).status_code == status)


def until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ENDS_WITHIN_S
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
