"""Google Drive, as a provider of folders."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from googleapiclient.discovery import build
from httplib2 import Http

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.resume_state import Source as ResumeSource
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.sources.errors import GrantEnded
from hotgigs.drive_sync.sources.google_drive import loggers
from hotgigs.drive_sync.sources.google_drive.access import RUN_OUT, Access, OAuthClient
from hotgigs.drive_sync.sources.google_drive.backoff import Backoff
from hotgigs.drive_sync.sources.google_drive.client import DriveClient
from hotgigs.drive_sync.sources.google_drive.clock import Clock
from hotgigs.drive_sync.sources.google_drive.connections import Connections
from hotgigs.drive_sync.sources.google_drive.folder import GoogleDriveFolder
from hotgigs.drive_sync.sources.google_drive.patience import Patience
from hotgigs.drive_sync.sources.google_drive.quota import Quotas

_MOST_THREADS = 64
_API_PATH = "/drive/v3/"


class GoogleDrive:
    """To be closed: it has threads."""

    resume_source: ResumeSource = "google_drive"

    def __init__(self, settings: DriveSyncSettings, clock: Clock | None = None) -> None:
        loggers.silence()
        self._settings = settings
        self._clock = clock or Clock()
        self._quotas = Quotas(settings.drive_requests_per_second, self._clock)
        self._of_a_folder = settings.drive_files_at_once + 1
        self._connections = Connections(
            most=min(settings.drive_runs_at_once * self._of_a_folder, _MOST_THREADS),
            timeout_seconds=settings.drive_timeout_seconds,
        )
        self._building = asyncio.Lock()
        self._drive: Any = None

    async def close(self) -> None:
        """Requests under way are broken off."""
        await self._connections.close()

    @asynccontextmanager
    async def open(
        self, folder_id: str, grant: DriveGrant | None, *, owner: str
    ) -> AsyncIterator[GoogleDriveFolder]:
        """Raises GrantEnded where there is none."""
        if grant is None:
            raise GrantEnded(RUN_OUT)
        settings = self._settings
        oauth_client = OAuthClient(
            token_uri=settings.google_token_uri,
            client_id=settings.google_client_id,
            client_secret=settings.google_client_secret.get_secret_value(),
        )
        access = Access(grant, oauth_client, self._connections)
        client = DriveClient(
            drive=await self._service(),
            access=access,
            quota=self._quotas.take(owner),
            connections=self._connections,
            patience=lambda: Patience(self._clock, Backoff(), settings.drive_max_wait_seconds),
            at_once=asyncio.Semaphore(self._of_a_folder),
        )
        try:
            yield GoogleDriveFolder(
                client, folder_id, page_size=settings.drive_page_size, most_bytes=settings.upload_max_bytes
            )
        finally:
            self._quotas.give_back(owner)
            await access.close()

    async def _service(self) -> Any:
        """Of the library, from the discovery document that comes with it. Each request is given its
        connection."""
        async with self._building:
            if self._drive is None:
                self._drive = await self._connections.run(self._build)
            return self._drive

    def _build(self, http: Http) -> Any:
        return build(
            "drive",
            "v3",
            http=http,
            static_discovery=True,
            cache_discovery=False,
            client_options={"api_endpoint": endpoint_of(self._settings.drive_api_endpoint)},
        )


def endpoint_of(setting: str) -> str:
    """That of the API: an address without a path is that of the server."""
    parts = urlsplit(setting)
    path = parts.path if parts.path.strip("/") else _API_PATH
    return parts._replace(path=path if path.endswith("/") else path + "/", query="", fragment="").geturl()
