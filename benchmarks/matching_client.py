"""A recruiter who uploads resumes, posts jobs and reads whom they match."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
from client import Recruiter

from hotgigs.contracts.job_state import JobPosting

_POLL_S = 0.1
_WITHIN_S = 300.0
_FILES = 50
"""Of one upload."""
_PAGE = 100


class MatchingRecruiter:
    def __init__(self, port: int) -> None:
        self._http = httpx.Client(
            base_url=f"http://127.0.0.1:{port}/api",
            headers={"Authorization": f"Bearer {Recruiter(port).token}"},
            timeout=60,
        )

    def upload(self, documents: Sequence[Path]) -> dict[UUID, str]:
        """The candidates' ids with the names of their documents, without what follows the dot. Raises
        RuntimeError where one was not understood."""
        found: dict[UUID, str] = {}
        for first in range(0, len(documents), _FILES):
            files = [
                ("files", (document.name, document.read_bytes()))
                for document in documents[first : first + _FILES]
            ]
            batch = self._json("POST", "/resumes/bulk-upload", files=files)["batch_id"]
            for resume in self._ended(f"/resumes/batches/{batch}", "processing", 0)["resumes"]:
                if resume["status"] != "completed":
                    raise RuntimeError(f"{resume['filename']}: {resume['error_message']}")
                found[UUID(resume["candidate_id"])] = Path(resume["filename"]).stem
        return found

    def post(self, posting: JobPosting) -> UUID:
        return UUID(self._json("POST", "/jobs", json=msgspec.to_builtins(posting))["job_id"])

    def await_matches(self, *, candidates: Sequence[UUID] = (), jobs: Sequence[UUID] = ()) -> None:
        """Until every one of these was matched. Who asks while a run waits is told of that run, and where
        nothing has changed since the last one a run ends at once."""
        asked = [f"candidates/{each}" for each in candidates] + [f"jobs/{each}" for each in jobs]
        runs = [self._json("POST", f"/matching/{each}/rematch", json={})["task_id"] for each in asked]
        for run in runs:
            self._ended(f"/matching/tasks/{run}", "status", "completed")

    def matches(self, job_id: UUID) -> Iterator[Mapping[str, Any]]:
        """All, the best first, page by page."""
        skip = 0
        while True:
            page = self._json(
                "GET", f"/matching/jobs/{job_id}/matches", params={"skip": skip, "limit": _PAGE}
            )
            yield from page["matches"]
            skip += _PAGE
            if len(page["matches"]) < _PAGE:
                return

    def _ended(self, path: str, field: str, value: object) -> dict[str, Any]:
        deadline = time.monotonic() + _WITHIN_S
        while (answer := self._json("GET", path))[field] != value:
            if time.monotonic() > deadline or answer.get("status") == "failed":
                raise RuntimeError(f"{path.partition('/')[0]} did not end: {field} is {answer[field]}")
            time.sleep(_POLL_S)
        return answer

    def _json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        answer = self._http.request(method, path, **options)
        if answer.is_error:
            raise RuntimeError(f"{method} {path.split('/')[1]}: {answer.status_code} {answer.text[:200]}")
        body: dict[str, Any] = answer.json()
        return body
