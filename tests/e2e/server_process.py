"""One `hotgigs serve` as an OS process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

HOTGIGS = Path(sys.executable).with_name("hotgigs")
READY_WITHIN_S = 180.0
EXIT_WITHIN_S = 40.0


class ServerProcess:
    """Serves ``name``, on a port of its own. Its log lines are kept over restarts."""

    def __init__(self, name: str, settings: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.port = free_port()
        self.log_file = folder / f"{name}.log"
        self._settings = dict(settings)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, **settings: str) -> None:
        """``settings`` hold until it is started again."""
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [HOTGIGS, "serve", self.name],
                env=environment(self._settings | settings | {"HOTGIGS_PORT": str(self.port)}),
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        """Raises AssertionError, with the end of the log, where it does not become ready in time."""
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{self.name} is not ready:\n{self._end_of_log()}")

    def terminate(self) -> None:
        """SIGTERM, without waiting for what comes of it."""
        assert self._process is not None
        self._process.terminate()

    def wait_until_ended(self) -> int:
        """The exit status. Raises TimeoutExpired, and kills it, where it does not end in time."""
        assert self._process is not None
        try:
            return self._process.wait(EXIT_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def stop(self) -> int:
        self.terminate()
        return self.wait_until_ended()

    def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(EXIT_WITHIN_S)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill_workers(self) -> int:
        """SIGKILL for its worker processes that parse; returns how many there were."""
        workers = [pid for pid in children_of(self.pid) if "worker_job" in command_of(pid)]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        return len(workers)

    def log_text(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def logged(self, **fields: object) -> list[dict[str, Any]]:
        """The log's events that have these fields."""
        events = [json.loads(line) for line in self.log_text().splitlines() if line.startswith("{")]
        return [event for event in events if fields.items() <= event.items()]

    def _end_of_log(self) -> str:
        return "\n".join(self.log_text().splitlines()[-30:])


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's own, with no other settings of the system's than these."""
    return {k: v for k, v in os.environ.items() if not k.startswith("HOTGIGS_")} | {
        "PYTHONWARNINGS": "ignore",
        **settings,
    }


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children_of(parent: int) -> list[int]:
    """Linux only, as the worker's end with its parent is."""
    return [pid for pid in _all_pids() if _parent_of(pid) == parent]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def processes_naming(text: str) -> list[int]:
    return [pid for pid in _all_pids() if text in command_of(pid)]


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent_of(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(stat.rpartition(")")[2].split()[1])
