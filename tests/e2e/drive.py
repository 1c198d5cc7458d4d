"""A folder in Google Drive that a recruiter keeps in sync, as its owner and as the recruiter see it."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from e2e.api import ENDS_WITHIN_S, Api
from e2e.drive_syncs import SET_UP, SYNCS, triggered
from msgspec import Struct
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.records import Record
from support.stand_in_drive.resumes import person, resume

Run = dict[str, Any]
Sync = dict[str, Any]


class Version(Struct, frozen=True):
    """A resume that a file became, as the recruiter's candidates tell."""

    candidate_id: str
    resume_id: str
    filename: str


class SyncedFolder:
    """Open with `synced_folder`. ``mail`` is of the Google user whose it is: of no other test."""

    def __init__(self, google: StandInDrive, api: Api, *, folder_id: str, mail: str) -> None:
        self.google = google
        self.files = google.files
        self.api = api
        self.folder_id = folder_id
        self.mail = mail
        self.sync_id = ""

    @property
    def path(self) -> str:
        return f"{SYNCS}/{self.sync_id}"

    def grant(self, **how: Any) -> dict[str, str]:
        """New tokens, as an app hands them over."""
        grant = self.google.accounts.grant(self.mail, **how)
        self.api.secrets.add(*filter(None, (grant.access_token, grant.refresh_token)))
        return {
            name: token
            for name in ("access_token", "refresh_token")
            if (token := getattr(grant, name)) is not None
        }

    def set_up(self, frequency: str = "manual", **how: Any) -> Sync:
        body = {"folder_id": self.folder_id, "folder_name": "Resumes", "sync_frequency": frequency}
        answer = self.api.http.post(SET_UP, json=body | self.grant(**how))
        assert answer.status_code == 201, answer.text
        sync: Sync = answer.json()
        self.sync_id = sync["id"]
        return sync

    def add(self, *numbers: int, to: str | None = None) -> list[str]:
        """The files of these persons."""
        folder_id = to or self.folder_id
        return [self.files.add_file(f"{n:05d}.docx", resume(n), folder_id) for n in numbers]

    def sync(self) -> Sync:
        sync: Sync = self.api.read(self.path)
        return sync

    def change(self, **changes: Any) -> Sync:
        answer = self.api.http.put(self.path, json=changes)
        assert answer.status_code == 200, answer.text
        sync: Sync = answer.json()
        return sync

    def trigger(self) -> str:
        """The run's id."""
        return triggered(self.api, self.sync_id)

    def run(self, run_id: str) -> Run:
        run: Run = self.api.read(f"{self.path}/runs/{run_id}")
        return run

    def runs(self) -> list[Run]:
        runs: list[Run] = self.api.read(f"{self.path}/runs")
        return runs

    def run_once(self) -> Run:
        """A new run when it is over, and its resumes have ended."""
        return self.until_read(self.trigger())

    def until_over(self, run_id: str) -> Run:
        """Of its files, not of the resumes that came of them."""
        return until_so(lambda: self.run(run_id), lambda run: run["ended_at"] is not None)

    def until_read(self, run_id: str) -> Run:
        """And all of its resumes counted, in the run and in the sync."""
        self.until_over(run_id)
        run = until_so(lambda: self.run(run_id), lambda run: run["files_in_processing"] == 0)
        until_so(self.sync, _is_counted)
        return run

    def candidates(self) -> list[dict[str, Any]]:
        candidates: list[dict[str, Any]] = self.api.read("/api/resumes/candidates?limit=100")
        return candidates

    def versions(self) -> list[Version]:
        """Of all of the recruiter's candidates."""
        return [
            Version(candidate["candidate_id"], one["resume_id"], one["filename"])
            for candidate in self.candidates()
            for one in self.api.read(f"/api/resumes/candidates/{candidate['candidate_id']}")["resumes"]
        ]

    def until_mails(self, mails: set[str]) -> None:
        """The recruiter's candidates are told of a moment after the run that they came by."""
        until_so(lambda: {each["email"] for each in self.candidates()}, lambda found: found == mails)

    def until_candidates(self, count: int) -> list[dict[str, Any]]:
        return until_so(self.candidates, lambda found: len(found) == count)

    def asked(self) -> Record:
        """Of the stand-in since `forget`, or since its start."""
        return self.google.records.read()

    def forget(self) -> None:
        self.google.records.forget()


def synced_folder(google: StandInDrive, api: Api) -> SyncedFolder:
    """A new one, of a new Google user; its sync is not set up yet."""
    mail = f"{uuid4().hex}@drive.example"
    root = google.files.add_user(mail)
    folder_id = google.files.add_folder("Resumes", root)
    api.secrets.add(mail, folder_id)
    return SyncedFolder(google, api, folder_id=folder_id, mail=mail)


def mails_of(*numbers: int) -> set[str]:
    return {person(number).mail for number in numbers}


def until_so(
    look: Callable[[], Any], is_so: Callable[[Any], bool], *, within_s: float = ENDS_WITHIN_S
) -> Any:
    """What ``look`` sees when it is so. Raises AssertionError, with the last of it."""
    deadline = time.monotonic() + within_s
    while not is_so(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.05)
    return seen


def _is_counted(sync: Sync) -> bool:
    ended: int = sync["total_files_processed"] + sync["total_files_failed"]
    return bool(ended == sync["total_files_synced"])
