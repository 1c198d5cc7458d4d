"""Every service as processes of its own, on a broker and a database server that may die."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
from e2e.api import Api, Secrets
from e2e.background_loop import BackgroundLoop
from e2e.deployment import SERVICES, Deployment
from e2e.server_process import HOTGIGS, ServerProcess, environment

from hotgigs.chassis import database
from hotgigs.chassis.blobs import open_blobs
from hotgigs.chassis.bus.rabbitmq import RabbitMQBus
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.ingest.sweep_files import AGE, sweep_files

JWT_SECRET = uuid4().hex * 2


class System(Deployment):
    """``replicas`` are services that run twice; the second process is named ``SERVICE replica``."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        loop: BackgroundLoop,
        *,
        database_url: str,
        replicas: Sequence[str] = (),
    ) -> None:
        ours = {
            "HOTGIGS_DATABASE_URL": database_url,
            "HOTGIGS_JWT_SECRET": JWT_SECRET,
            "HOTGIGS_PARSER_WORKERS": "2",
            "HOTGIGS_RATE_LIMITS": "off",
            "HOTGIGS_IDEMPOTENCY_LEASE_SECONDS": "3",
        }
        super().__init__(folder, ours | dict(settings), loop)
        self.database_url = database_url
        self.processes = {name: ServerProcess(name, self._settings, folder) for name in SERVICES}
        second = folder / "replicas"
        second.mkdir()
        for name in replicas:
            self.processes[f"{name} replica"] = ServerProcess(name, self._settings, second)

    def migrate(self) -> None:
        subprocess.run(
            [HOTGIGS, "migrate"], env=environment(self._settings), cwd=self.folder, check=True, timeout=120
        )

    def database_url_of(self, service: str) -> str:
        return self.database_url

    @property
    def namespace(self) -> str:
        return self._settings["HOTGIGS_AMQP_NAMESPACE"]

    @property
    def amqp(self) -> tuple[str, str]:
        """The broker's URL, and the namespace on it."""
        return self._settings["HOTGIGS_AMQP_URL"], self.namespace

    def execute(self, statements: str) -> None:
        """On its database, as a superuser."""
        self._loop.run(_execute(self.database_url, statements))

    def kill_what_runs(self) -> None:
        for process in self.distinct_processes:
            if process.is_running:
                process.kill()

    def kill_and_bring_back(self, service: str) -> None:
        with self.away(service):
            pass

    @contextmanager
    def paused(self, *services: str) -> Iterator[None]:
        """The services' processes stand still, as where a machine is frozen; afterwards they go on."""
        for service in services:
            os.kill(self[service].pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for service in services:
                os.kill(self[service].pid, signal.SIGCONT)

    def sweep_files(self) -> None:
        """As ingest does, a month from now."""
        self._loop.run(self._sweep_files())

    async def _sweep_files(self) -> None:
        pool = await database.open_pool(self.database_url, schema="ingest", max_size=1)
        try:
            bus = RabbitMQBus("amqp://none", client_name="none")  # of which sweeping makes no use
            units_of_work = UnitsOfWork(pool, Relay(pool, bus, service="ingest"), source="ingest")
            blobs = open_blobs(f"file://{self.blob_folder}")
            await sweep_files(units_of_work, blobs, datetime.now(UTC) + AGE + timedelta(days=1))
        finally:
            pool.terminate()

    def token(self) -> str:
        """A new recruiter's."""
        api = Api(self.url, Secrets()).register("recruiter").log_in()
        token: str = api.http.headers["Authorization"].removeprefix("Bearer ")
        api.close()
        return token

    def run_command(self, *arguments: str) -> str:
        """What the ``hotgigs`` command says."""
        ended = subprocess.run(
            [HOTGIGS, *arguments],
            env=environment(self._settings | {"HOTGIGS_LOG_LEVEL": "error"}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


async def _execute(url: str, statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()
