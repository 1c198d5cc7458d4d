"""Starting without what is needed, and being told to stop meanwhile."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from e2e.deployment import DistributedDeployment
from e2e.server_process import HOTGIGS, ServerProcess, environment, free_port

WITHIN_S = 30


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A system whose database is not there, when it has said so."""
    settings = {
        "HOTGIGS_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/none",
        "HOTGIGS_DATA_DIR": str(tmp_path),
        "HOTGIGS_PORT": str(free_port()),
        "HOTGIGS_LOG_FORMAT": "json",
        "HOTGIGS_JWT_SECRET": "for-this-test-only-" + "0" * 32,
    }
    process = subprocess.Popen(
        [HOTGIGS, "serve", "all"], env=environment(settings), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "waiting_for" in line:
            break
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_system_that_still_waits_for_its_database(
    waiting: subprocess.Popen[str], signal_number: signal.Signals
) -> None:
    waiting.send_signal(signal_number)
    assert waiting.wait(timeout=WITHIN_S) == 0


def test_a_part_of_the_services_without_a_shared_database_or_broker_is_refused(tmp_path: Path) -> None:
    settings = {"HOTGIGS_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [HOTGIGS, "serve", "parser"],
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    assert ended.returncode == 2
    assert "HOTGIGS_DATABASE_URL" in ended.stderr


def test_a_service_is_not_ready_before_its_database_is_as_new_as_its_code(
    distributed: DistributedDeployment,
) -> None:
    def set_version(version: str) -> None:
        distributed.query("ingest", "UPDATE ingest.alembic_version SET version_num = $1", version)

    ingest = distributed["ingest"]
    ((newest,),) = distributed.query("ingest", "SELECT version_num FROM ingest.alembic_version")
    ingest.stop()
    set_version("ingest_0001")
    try:
        ingest.start()
        answer = readiness(ingest)
        assert (answer.status_code, answer.json()["checks"]["ingest"]) == (503, "database not migrated")
    finally:
        set_version(newest)
        ingest.wait_until_ready()


def readiness(process: ServerProcess) -> httpx.Response:
    """Its first answer to whether it is ready."""
    deadline = time.monotonic() + WITHIN_S
    while True:
        try:
            return httpx.get(f"{process.url}/health/ready", timeout=5)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.05)
