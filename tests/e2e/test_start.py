"""Starting without what is needed, and being told to stop meanwhile."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.server_process import HOTGIGS, environment, free_port

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
