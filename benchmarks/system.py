"""The system itself, started for a benchmark: embedded, or every service as a process of its own."""

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from processes import HOTGIGS, environment, free_port

from hotgigs.chassis.service import installed_services

READY_WITHIN_S = 60.0
END_WITHIN_S = 40.0


def queue_names() -> list[str]:
    """Those of all services."""
    return [queue.name for service in installed_services().values() for queue in service.queues]


@contextmanager
def embedded_system(folder: Path) -> Iterator[int]:
    """Everything in one process; gives its HTTP port."""
    settings = {"HOTGIGS_DATA_DIR": str(folder), "HOTGIGS_RATE_LIMITS": "off"}
    with _process([HOTGIGS, "serve", "all"], settings, folder) as port:
        _wait_until_ready(port, folder)
        yield port


@contextmanager
def distributed_system(folder: Path, settings: Mapping[str, str]) -> Iterator[int]:
    """Every service in a process of its own; ``settings`` name database and broker; gives the gateway's
    port."""
    settings = shared_settings(folder) | dict(settings)
    migrate(folder, settings)
    with ExitStack() as stack:
        ports = {
            name: stack.enter_context(_process([HOTGIGS, "serve", name], settings, folder))
            for name in installed_services()
        }
        for port in ports.values():
            _wait_until_ready(port, folder)
        yield ports["gateway"]


def shared_settings(folder: Path) -> dict[str, str]:
    return {
        "HOTGIGS_DATA_DIR": str(folder),
        "HOTGIGS_BLOB_URL": f"file://{folder / 'blobs'}",
        "HOTGIGS_JWT_SECRET": secrets.token_urlsafe(48),
        "HOTGIGS_RATE_LIMITS": "off",
    }


def migrate(folder: Path, settings: Mapping[str, str]) -> None:
    (folder / "blobs").mkdir(exist_ok=True)
    subprocess.run(
        [HOTGIGS, "migrate"], env=environment(settings), cwd=folder, check=True, capture_output=True
    )


@contextmanager
def service(names: str, folder: Path, settings: Mapping[str, str]) -> Iterator[int]:
    """``hotgigs serve`` of the named services, ready; gives the process's port."""
    with _process([HOTGIGS, "serve", *names.split()], settings, folder) as port:
        _wait_until_ready(port, folder)
        yield port


@contextmanager
def peer_app(module: str, folder: Path, settings: Mapping[str, str]) -> Iterator[int]:
    """``peers/module.py``, serving; gives its port."""
    script = Path(__file__).with_name("peers") / f"{module}.py"
    with _process([sys.executable, script], settings, folder) as port:
        _wait_until_answering(port, folder)
        yield port


@contextmanager
def _process(command: list[str | Path], settings: Mapping[str, str], folder: Path) -> Iterator[int]:
    port = free_port()
    own = {"HOTGIGS_PORT": str(port), "HOTGIGS_LOG_FORMAT": "json"}
    with (folder / "system.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=environment({**settings, **own}),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield port
    finally:
        process.terminate()
        try:
            process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(port: int, folder: Path) -> None:
    _wait_for(f"http://127.0.0.1:{port}/health/ready", {200}, folder)


def _wait_until_answering(port: int, folder: Path) -> None:
    _wait_for(f"http://127.0.0.1:{port}/", {200, 404}, folder)


def _wait_for(url: str, statuses: set[int], folder: Path) -> None:
    """Raises RuntimeError, with the last line of the log, where no such answer comes in time."""
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5).status_code in statuses:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    last = (folder / "system.log").read_text(errors="replace").splitlines()[-1:]
    raise RuntimeError(f"not ready: {last}")
