"""The API as a client of the system uses it."""

import json
import time
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

ENDS_WITHIN_S = 60.0

File = tuple[str, bytes]
"""A name and a content."""


class Secrets:
    """What clients have sent or been given that no log may show."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def add(self, *words: str) -> None:
        self.words.update(words)


class Api:
    """One user's session; ``http`` sends the user's token along."""

    def __init__(self, url: str, secrets: Secrets) -> None:
        self.url = url
        self.secrets = secrets
        self.http = httpx.Client(base_url=url, timeout=60)
        self.email = ""
        self.password = ""
        self.user_id = ""
        self.refresh_token = ""

    def close(self) -> None:
        self.http.close()

    def register(self, role: str) -> "Api":
        self.email = f"{role}-{uuid4().hex}@mail.example"
        self.password = uuid4().hex
        self.secrets.add(self.email, self.password)
        answer = self.http.post(
            "/api/auth/register", json={"email": self.email, "password": self.password, "role": role}
        )
        assert answer.status_code == 201, answer.text
        self.user_id = answer.json()["user_id"]
        return self

    def log_in(self, email: str = "", password: str = "") -> "Api":
        self.email, self.password = email or self.email, password or self.password
        answer = self.http.post(
            "/api/auth/login", json={"email": self.email, "password": self.password}
        ).raise_for_status()
        self.use(answer.json())
        return self

    def use(self, tokens: dict[str, Any]) -> None:
        self.secrets.add(tokens["access_token"], tokens["refresh_token"])
        self.refresh_token = tokens["refresh_token"]
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"

    def post_file(self, name: str, content: bytes, **fields: str) -> httpx.Response:
        return self.http.post("/api/resumes/upload", files={"file": (name, content)}, data=fields)

    def upload(self, file: Path | File, **headers: str) -> str:
        """The resume's id."""
        name, content = (file.name, file.read_bytes()) if isinstance(file, Path) else file
        answer = self.http.post("/api/resumes/upload", files={"file": (name, content)}, headers=headers)
        assert answer.status_code in (201, 202), answer.text
        resume_id: str = answer.json()["resume_id"]
        return resume_id

    def post_files(self, files: Iterable[File]) -> httpx.Response:
        return self.http.post("/api/resumes/bulk-upload", files=[("files", file) for file in files])

    def status(self, resume_id: str) -> dict[str, Any]:
        return self.read(f"/api/resumes/{resume_id}/status")

    def data(self, resume_id: str) -> dict[str, Any]:
        return self.read(f"/api/resumes/{resume_id}/data")

    def batch(self, batch_id: str) -> dict[str, Any]:
        return self.read(f"/api/resumes/batches/{batch_id}")

    def read(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def events(self, resume_id: str) -> Generator[dict[str, Any], None, None]:
        """The status events as they come. Raises AssertionError where they do not end in time."""
        deadline = time.monotonic() + ENDS_WITHIN_S
        with self.http.stream("GET", f"/api/resumes/{resume_id}/events") as answer:
            assert answer.status_code == 200, answer.read()
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                assert time.monotonic() < deadline, "the processing does not end"
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    def until_known(self, resume_id: str) -> None:
        """There are no events of a resume that nothing has been heard of."""
        deadline = time.monotonic() + ENDS_WITHIN_S
        while self.http.get(f"/api/resumes/{resume_id}/status").status_code != 200:
            assert time.monotonic() < deadline, "nothing is heard of the resume"
            time.sleep(0.1)

    def until_ended(self, resume_id: str) -> dict[str, Any]:
        """The last status."""
        *_, last = self.events(resume_id)
        assert last["status"] in ("completed", "failed")
        return last

    def until_batch_ended(self, batch_id: str) -> dict[str, Any]:
        """The batch when all its resumes have ended."""
        for resume in self.batch(batch_id)["resumes"]:
            self.until_ended(resume["resume_id"])
        return self.batch(batch_id)
