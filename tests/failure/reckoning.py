"""Whether every accepted upload ended exactly once, asked of the databases, the bus and the object store."""

import time
from collections import Counter
from collections.abc import Sequence

from failure.resumes import Resume
from failure.system import System
from failure.taps import Published, Tap
from failure.uploading import Uploading

SETTLED_WITHIN_S = 180.0

_UNFINISHED = """
    SELECT (SELECT count(*) FROM ingest.resumes WHERE status = 'uploaded')
         + (SELECT count(*) FROM gateway.outbox) + (SELECT count(*) FROM ingest.outbox)
         + (SELECT count(*) FROM parser.outbox) + (SELECT count(*) FROM matcher.outbox)
         + (SELECT count(*) FROM drive_sync.outbox)
         + (SELECT count(*) FROM matcher.runs WHERE status IN ('queued', 'running'))
         + (SELECT count(*) FROM ingest.candidates AS i FULL JOIN matcher.candidates AS m USING (candidate_id)
            WHERE i.version IS DISTINCT FROM m.version)
         + (SELECT count(*) FROM ingest.resumes AS i FULL JOIN gateway.resumes AS g USING (resume_id)
            WHERE (i.version, i.status) IS DISTINCT FROM (g.version, g.status))
         + (SELECT count(*) FROM ingest.candidates AS i FULL JOIN gateway.candidates AS g USING (candidate_id)
            WHERE i.version IS DISTINCT FROM g.version)
"""
_READ_MODEL_ERRORS = """
    SELECT count(*) FROM ingest.resumes AS i FULL JOIN gateway.resumes AS g USING (resume_id)
    WHERE (i.version, i.attempt, i.status, i.candidate_id, i.data, i.owner_user_id, i.filename,
           i.error_message, i.processing_completed_at, i.blob_key, i.sha256)
       IS DISTINCT FROM
          (g.version, g.attempt, g.status, g.candidate_id, g.data, g.owner_user_id, g.filename,
           g.error_message, g.processing_completed_at, g.file ->> 'blob_key', g.file ->> 'sha256')
"""
_COUNTS = {
    "resumes": "SELECT count(*) FROM ingest.resumes",
    "completed": "SELECT count(*) FROM ingest.resumes WHERE status = 'completed'",
    "read model": "SELECT count(*) FROM gateway.resumes WHERE status = 'completed'",
    "parse jobs": "SELECT count(*) FROM parser.parse_jobs WHERE outcome = 'parsed'",
    "candidates": "SELECT count(*) FROM ingest.candidates",
}
_EVENTS = ("ingest.resume_received", "parser.resume_parsed", "ingest.resume_completed")
_FAILURES = ("ingest.resume_failed", "parser.resume_parse_failed")


class Reckoning:
    """The counts of one scenario; ``row`` is what is printed of them."""

    def __init__(self, system: System, tap: Tap, resumes: Sequence[Resume], uploads: Uploading) -> None:
        self._system = system
        self._tap = tap
        self._resumes = {resume.filename: resume for resume in resumes}
        self._uploads = uploads
        self.row: dict[str, object] = {}

    def check(self) -> None:
        """Waits until nothing is left to be done, stops the services and counts."""
        self._wait_until_settled()
        self._system.stop()
        published = self._tap.published()
        self._count(published)
        self._check_every_resume()
        self._check_files()
        self._check_messages(published)
        assert not any(self._tap.depths().values()), self._tap.depths()
        assert not self._system.logged(level="critical")
        self._check_no_upload_was_taken_twice()

    def _wait_until_settled(self) -> None:
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while (left := self._left()) != {}:
            assert time.monotonic() < deadline, left
            time.sleep(0.2)

    def _left(self) -> dict[str, int]:
        """What is not done yet."""
        unfinished: int = self._system.query("ingest", _UNFINISHED)[0][0]
        if unfinished:
            return {"rows": unfinished}
        return {queue: depth for queue, depth in self._tap.depths().items() if depth}

    def _count(self, published: Published) -> None:
        self.row = {name: self._system.query("ingest", sql)[0][0] for name, sql in _COUNTS.items()}
        messages = Counter(key for key, _ in published)
        for key in (*_EVENTS, *_FAILURES):
            self.row[key.partition(".")[2]] = messages[key]
        self.row["twice"] = sum(published.values()) - len(published)
        self.row["answers"] = " ".join(f"{k}:{n}" for k, n in sorted(self._uploads.answers.items()))

    def _check_every_resume(self) -> None:
        """Each has ended, once, everywhere, as what was sent says; whoever was answered has his."""
        rows = self._system.query("ingest", "SELECT resume_id, filename, status, data FROM ingest.resumes")
        taken = {str(row["resume_id"]): row for row in rows}
        missing = {id_ for id_ in self._uploads.accepted.values() if id_ not in taken}
        assert not missing, f"{len(missing)} accepted uploads are lost"
        for filename, resume_id in self._uploads.accepted.items():
            assert taken[resume_id]["filename"] == filename
        assert {row["status"] for row in rows} == {"completed"}
        assert self._system.query("ingest", _READ_MODEL_ERRORS)[0][0] == 0
        assert self.row["parse jobs"] == self.row["completed"] == self.row["read model"] == len(rows)
        jobs = self._system.query("parser", "SELECT resume_id FROM parser.parse_jobs")
        assert sorted(str(job["resume_id"]) for job in jobs) == sorted(taken)
        self._check_candidates()

    def _check_candidates(self) -> None:
        """Each has its resume, and is what it says."""
        rows = self._system.query(
            "ingest",
            "SELECT r.filename, c.profile ->> 'email' AS email, c.profile ->> 'full_name' AS full_name"
            " FROM gateway.candidates AS c JOIN ingest.resumes AS r ON c.resume_ids = ARRAY[r.resume_id]"
            "  AND r.candidate_id = c.candidate_id"
            " JOIN ingest.candidates AS i ON i.candidate_id = c.candidate_id",
        )
        found = sorted((row["filename"], row["email"], row["full_name"]) for row in rows)
        assert found == sorted((r.filename, r.email, r.full_name) for r in self._resumes.values())
        assert self.row["candidates"] == len(rows)

    def _check_files(self) -> None:
        """Each resume has its file, as it was sent; what a try left that came to nothing is swept."""
        rows = self._system.query("ingest", "SELECT filename, blob_key FROM ingest.resumes")
        for row in rows:
            stored = self._system.blob_folder / row["blob_key"]
            assert stored.read_bytes() == self._resumes[row["filename"]].content
        keys = {row["blob_key"] for row in rows}
        assert len(keys) == len(rows)
        self.row["files left"] = len(self._files() - keys)
        self._system.sweep_files()
        assert self._files() == keys

    def _files(self) -> set[str]:
        """The store's objects; a local folder shows also what was not written to its end, after a "#"."""
        return {key for key in self._system.blobs if "#" not in key}

    def _check_messages(self, published: Published) -> None:
        ids = Counter(key for key, _ in published)
        assert [ids[key] for key in _EVENTS] == [self.row["resumes"]] * len(_EVENTS)
        assert [ids[key] for key in _FAILURES] == [0] * len(_FAILURES)

    def _check_no_upload_was_taken_twice(self) -> None:
        """By the uploads' idempotency keys."""
        count = len(self._resumes)
        assert len(self._uploads.accepted) == count
        again = len(self._system.query("ingest", "SELECT FROM ingest.resumes")) - count
        assert again == 0, f"{again} resumes too many"
