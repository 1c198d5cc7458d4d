"""The system deployed: embedded in one process, or every service as a process of its own."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import asyncpg
from e2e.background_loop import BackgroundLoop
from e2e.server_process import HOTGIGS, ServerProcess, environment
from support.proxies import TcpProxy

SERVICES = ("gateway", "ingest", "matcher", "parser", "drive-sync", "notifier")
BATCH_MAX_BYTES = 24 * 2**20
"""Lowered, so that a test can go beyond it."""


class Deployment:
    """``processes`` by the service they run; embedded, all services have the same one."""

    def __init__(self, folder: Path, settings: Mapping[str, str], loop: BackgroundLoop) -> None:
        self.folder = folder
        self.processes: dict[str, ServerProcess] = {}
        self.blob_folder = folder / "blobs"
        self._loop = loop
        self._settings = {
            "HOTGIGS_DATA_DIR": str(folder),
            "HOTGIGS_BLOB_URL": f"file://{self.blob_folder}",
            "HOTGIGS_LOG_FORMAT": "json",
            **settings,
        }

    def __getitem__(self, service: str) -> ServerProcess:
        return self.processes[service]

    @property
    def settings(self) -> dict[str, str]:
        """For one more process beside those of the deployment."""
        return dict(self._settings)

    @property
    def url(self) -> str:
        return self["gateway"].url

    @property
    def distinct_processes(self) -> list[ServerProcess]:
        return list({id(process): process for process in self.processes.values()}.values())

    def start(self) -> None:
        for process in self.distinct_processes:
            process.start()
        for process in self.distinct_processes:
            process.wait_until_ready()

    @contextmanager
    def beside(self, service: str, folder: Path) -> Iterator[ServerProcess]:
        """Another process of the service, for the block; its log is in ``folder``."""
        process = ServerProcess(service, self._settings, folder)
        process.start()
        try:
            process.wait_until_ready()
            yield process
        finally:
            assert process.stop() == 0

    def stop(self) -> None:
        """Raises AssertionError where a process did not drain cleanly."""
        running = [process for process in self.distinct_processes if process.is_running]
        for process in running:
            process.terminate()
        statuses = {process.name: process.wait_until_ended() for process in running}
        assert set(statuses.values()) <= {0}, statuses

    def bring_back(self) -> None:
        """Starts what does not run."""
        away = [process for process in self.distinct_processes if not process.is_running]
        for process in away:
            process.start()
        for process in away:
            process.wait_until_ready()

    @contextmanager
    def away(self, *services: str) -> Iterator[None]:
        """The services killed; they are back when the block ends."""
        for service in services:
            self[service].kill()
        try:
            yield
        finally:
            self.bring_back()

    @contextmanager
    def set_up_otherwise(self, service: str, **settings: str) -> Iterator[None]:
        """The service's process with other settings, for the block."""
        process = self[service]
        process.stop()
        process.start(**settings)
        try:
            process.wait_until_ready()
            yield
        finally:
            process.stop()
            process.start()
            process.wait_until_ready()

    @property
    def blobs(self) -> set[str]:
        """The keys of all stored files, parts of unfinished ones included."""
        return {
            str(path.relative_to(self.blob_folder)) for path in self.blob_folder.rglob("*") if path.is_file()
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``hotgigs ARGUMENTS`` beside the running system, with its settings."""
        return subprocess.run(
            [HOTGIGS, *arguments],
            env=environment(self._settings),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def query(self, service: str, statement: str, *arguments: object) -> list[asyncpg.Record]:
        """Rows of the service's database, as a superuser reads them."""
        return self._loop.run(_fetch(self.database_url_of(service), statement, arguments))

    def database_url_of(self, service: str) -> str:
        raise NotImplementedError

    def log_text(self) -> str:
        return "".join(process.log_text() for process in self.distinct_processes)

    def logged(self, **fields: object) -> list[dict[str, Any]]:
        return [event for process in self.distinct_processes for event in process.logged(**fields)]


class EmbeddedDeployment(Deployment):
    def __init__(self, folder: Path, settings: Mapping[str, str], loop: BackgroundLoop) -> None:
        super().__init__(folder, settings, loop)
        process = ServerProcess("all", self._settings, folder)
        self.processes = dict.fromkeys(SERVICES, process)

    def database_url_of(self, service: str) -> str:
        lines = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()
        return "postgresql://postgres@/postgres?" + urlencode({"host": lines[4], "port": lines[3]})


class DistributedDeployment(Deployment):
    """On a broker and databases that are reached through proxies, so that they can go away."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        loop: BackgroundLoop,
        *,
        database_urls: Mapping[str, str],
        broker: TcpProxy,
        databases: Mapping[str, TcpProxy],
    ) -> None:
        super().__init__(folder, settings, loop)
        self._broker = broker
        self._databases = databases
        self._database_urls = database_urls
        self._settings["HOTGIGS_DATABASE_URL"] = database_urls["gateway"]
        for service, url in database_urls.items():
            self._settings[f"HOTGIGS_{service.replace('-', '_').upper()}_DATABASE_URL"] = url
        self.processes = {name: ServerProcess(name, self._settings, folder) for name in SERVICES}

    @property
    def amqp(self) -> tuple[str, str]:
        """The broker's URL, and the namespace on it."""
        return self._settings["HOTGIGS_AMQP_URL"], self._settings["HOTGIGS_AMQP_NAMESPACE"]

    def migrate(self) -> None:
        self.command("migrate").check_returncode()

    def database_url_of(self, service: str) -> str:
        return self._database_urls[service]

    @contextmanager
    def without_broker(self) -> Iterator[None]:
        with self._without(self._broker):
            yield

    @contextmanager
    def without_database(self, service: str) -> Iterator[None]:
        with self._without(self._databases[service]):
            yield

    @contextmanager
    def _without(self, proxy: TcpProxy) -> Iterator[None]:
        self._loop.call(proxy.refuse)
        try:
            yield
        finally:
            self._loop.call(proxy.allow)


async def _fetch(url: str, statement: str, arguments: tuple[object, ...]) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(statement, *arguments)
    finally:
        await connection.close()
