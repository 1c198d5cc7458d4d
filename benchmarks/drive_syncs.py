"""drive-sync as a process of its own beside a gateway, and a recruiter whose Drive it reads."""

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
from matching_process import memory_mib
from msgspec import Struct
from stores import postgres_server
from support.stand_in_drive import RemoteDrive
from system import migrate, service, shared_settings

_WITHIN_S = 1800.0
_POLL_S = 0.2
_UNLIMITED = "1000000"


class Fetched(Struct, frozen=True, kw_only=True):
    """By a process whose memory was ``before_mib`` when it began, and ``most_mib`` at most until then."""

    files: int
    seconds: float
    before_mib: float
    most_mib: float

    @property
    def per_s(self) -> float:
        return self.files / self.seconds


class DriveSync:
    """Open with `drive_sync`."""

    def __init__(self, drive: RemoteDrive, gateway: httpx.Client, process: psutil.Process) -> None:
        self._drive = drive
        self._gateway = gateway
        self._process = process

    def fetch(self, folder_id: str, files: int) -> Fetched:
        """All of a folder, from the run's beginning to its end. Raises RuntimeError where one is missing."""
        grant = self._drive.accounts.grant()
        sync = {
            "folder_id": folder_id,
            "folder_name": "Resumes",
            "sync_frequency": "manual",
            "access_token": grant.access_token,
            "refresh_token": grant.refresh_token,
        }
        before_mib, _ = memory_mib(self._process)
        sync_id = self._post("setup", sync)["id"]
        run = self._ended(sync_id, self._post(f"syncs/{sync_id}/sync")["task_id"])
        if (run["status"], run["files_synced"]) != ("completed", files):
            raise RuntimeError(f"{run['files_synced']} of {files} files: {run['status']}")
        return Fetched(
            files=files,
            seconds=(_moment(run["ended_at"]) - _moment(run["started_at"])).total_seconds(),
            before_mib=before_mib,
            most_mib=memory_mib(self._process)[1],
        )

    def _post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._gateway.post(f"/api/google-drive/{path}", json=body).raise_for_status()
        answered: dict[str, Any] = answer.json()
        return answered

    def _ended(self, sync_id: str, run_id: str) -> dict[str, Any]:
        deadline = time.monotonic() + _WITHIN_S
        while time.monotonic() < deadline:
            answer = self._gateway.get(f"/api/google-drive/syncs/{sync_id}/runs/{run_id}")
            run: dict[str, Any] = answer.raise_for_status().json()
            if run["ended_at"] is not None:
                return run
            time.sleep(_POLL_S)
        raise RuntimeError(f"the run has not ended: {run}")


@contextmanager
def drive_sync(folder: Path, drive: RemoteDrive, *, files_at_once: int) -> Iterator[DriveSync]:
    """On PostgreSQL with the embedded bus and a folder of blobs, and no limit of its own to how often it
    asks. It does not wait for its resumes to be read: nobody takes them."""
    (folder / "postgres").mkdir()
    with ExitStack() as stack:
        settings = shared_settings(folder) | {
            "HOTGIGS_DATABASE_URL": stack.enter_context(postgres_server(folder / "postgres")),
            "HOTGIGS_DRIVE_API_ENDPOINT": drive.api_endpoint,
            "HOTGIGS_GOOGLE_TOKEN_URI": drive.token_uri,
            "HOTGIGS_DRIVE_FILES_AT_ONCE": str(files_at_once),
            "HOTGIGS_DRIVE_REQUESTS_PER_SECOND": _UNLIMITED,
            "HOTGIGS_DRIVE_MOST_UNREAD": _UNLIMITED,
            "HOTGIGS_ACCESS_TOKEN_SECONDS": _UNLIMITED,
        }
        migrate(folder, settings)
        gateway_port = stack.enter_context(service("gateway", folder, settings))
        stack.enter_context(service("drive-sync", folder, settings))
        (process,) = (
            each for each in psutil.Process().children() if each.cmdline()[-2:] == ["serve", "drive-sync"]
        )
        gateway = stack.enter_context(
            httpx.Client(base_url=f"http://127.0.0.1:{gateway_port}", timeout=60, trust_env=False)
        )
        gateway.headers["Authorization"] = f"Bearer {_recruiter(gateway)}"
        yield DriveSync(drive, gateway, process)


def _recruiter(gateway: httpx.Client) -> str:
    """Their access token."""
    account = {"email": f"{uuid4().hex}@mail.example", "password": secrets.token_urlsafe(12)}
    gateway.post("/api/auth/register", json=account | {"role": "recruiter"}).raise_for_status()
    token: str = gateway.post("/api/auth/login", json=account).raise_for_status().json()["access_token"]
    return token


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)
