"""Clients who upload, each until it has an answer that says its resume is taken."""

import queue
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

import httpx
from failure.resumes import Resume

CLIENTS = 8
AGAIN_AFTER_S = 0.2
ANSWERS_WITHIN_S = 30.0
_AGAIN = {409, 502, 503}
"""In flight under the same key; no gateway; a dependency is away."""


class Uploading:
    """Open with `uploading`."""

    def __init__(self, url: str, token: str, resumes: Sequence[Resume]) -> None:
        self.accepted: dict[str, str] = {}
        """The resume's id by its file's name, of those that were answered with 201 or 202."""
        self.answers: Counter[str] = Counter()
        """How many answers of each status there were; "none" where the connection ended without one."""
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}
        self._count = len(resumes)
        self._waiting: queue.SimpleQueue[Resume] = queue.SimpleQueue()
        for resume in resumes:
            self._waiting.put(resume)
        self._ended = threading.Event()
        self._news = threading.Condition()
        self._failures: list[str] = []
        self._clients = [threading.Thread(target=self._upload_all, daemon=True) for _ in range(CLIENTS)]

    def start(self) -> None:
        for client in self._clients:
            client.start()

    def end(self) -> None:
        self._ended.set()
        for client in self._clients:
            client.join(ANSWERS_WITHIN_S)

    def wait_until_accepted(self, count: int | None = None, *, within_s: float = 180.0) -> None:
        """``count`` of them, or all. Raises AssertionError where that takes too long, or an answer is
        not one of those that a client should try again on."""
        count = self._count if count is None else count
        deadline = time.monotonic() + within_s
        with self._news:
            while len(self.accepted) < count:
                assert not self._failures, self._failures
                left = deadline - time.monotonic()
                assert left > 0, f"{len(self.accepted)} of {count} uploads were accepted: {self.answers}"
                self._news.wait(left)

    def _upload_all(self) -> None:
        with httpx.Client(base_url=self._url, headers=self._headers, timeout=ANSWERS_WITHIN_S) as http:
            while not self._ended.is_set():
                try:
                    resume = self._waiting.get_nowait()
                except queue.Empty:
                    return
                self._upload(http, resume)

    def _upload(self, http: httpx.Client, resume: Resume) -> None:
        key = {"Idempotency-Key": str(uuid4())}
        while not self._ended.is_set():
            try:
                answer = http.post(
                    "/api/resumes/upload", files={"file": (resume.filename, resume.content)}, headers=key
                )
            except httpx.TransportError:
                self._note("none")
            else:
                if answer.status_code in (201, 202):
                    self._note(str(answer.status_code), resume, answer.json()["resume_id"])
                    return
                if answer.status_code not in _AGAIN:
                    self._fail(f"{answer.status_code}: {answer.text}")
                    return
                self._note(str(answer.status_code))
            self._ended.wait(AGAIN_AFTER_S)

    def _note(self, answer: str, resume: Resume | None = None, resume_id: str = "") -> None:
        with self._news:
            self.answers[answer] += 1
            if resume is not None:
                self.accepted[resume.filename] = resume_id
            self._news.notify_all()

    def _fail(self, failure: str) -> None:
        with self._news:
            self._failures.append(failure)
            self._news.notify_all()


@contextmanager
def uploading(url: str, token: str, resumes: Sequence[Resume]) -> Iterator[Uploading]:
    clients = Uploading(url, token, resumes)
    clients.start()
    try:
        yield clients
    finally:
        clients.end()
