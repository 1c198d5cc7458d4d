"""A folder in Google Drive: how fast its files are fetched, and in how much memory.

Through drive-sync as a process of its own, set up and triggered over HTTP at the gateway, on PostgreSQL: it
lists, keeps its ledger, checks what each file is, stores it and submits it as a resume, so that a kill loses
nothing and brings nothing twice. The peers list and write the files to disk, with the same client library
and from the same server: a plain loop, and a pool of threads of the same number. The server is the tests'
stand-in for Drive, a process of its own: first without any wait, where the client's own work is measured,
then answering each request after a time as one does over a network. Parsing is left out: nobody takes the
resumes. So is the limit of requests a second, which as it comes is what decides.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from options import REPOSITORY, Options
from page import Row, rate
from processes import environment

sys.path.append(str(REPOSITORY / "tests"))

from drive_syncs import DriveSync, Fetched, drive_sync
from support.stand_in_drive import RemoteDrive, drive_process

TITLE = "A folder in Google Drive: files fetched, and memory"
_AT_ONCE = 4
_LATENCY_S = 0.05
_LOOP = "a plain loop"
_POOL = f"a pool of {_AT_ONCE} threads"


def run(options: Options) -> list[Row]:
    with drive_process() as drive, drive_sync(options.folder, drive, files_at_once=_AT_ONCE) as system:
        rounds = _Rounds(drive, system, options.folder)
        rounds.once("ours", options.pick(full=50, quick=10))
        small = options.pick(full=1_000, quick=100)
        little = rounds.once("ours", small)
        near = rounds.all(options.pick(full=10_000, quick=300), rounds=1)
        drive.behave(latency_s=_LATENCY_S)
        far = rounds.all(options.pick(full=600, quick=60), rounds=options.pick(full=3, quick=1))
    most = max(fetched.most_mib for fetched in near["ours"])
    return [
        *_rates("", near),
        *(_memory(name, near) for name in (_LOOP, _POOL)),
        Row(
            what=f"  at most after {small:,} files, and after all",
            ours=f"{little.most_mib:,.0f} and {most:,.0f} MiB",
        ),
        *_rates(f", each {_LATENCY_S * 1000:.0f} ms away", far),
    ]


class _Rounds:
    """Every time a folder of its own."""

    def __init__(self, drive: RemoteDrive, system: DriveSync, folder: Path) -> None:
        self._drive = drive
        self._system = system
        self._folder = folder
        self._made = 0

    def all(self, files: int, *, rounds: int) -> dict[str, list[Fetched]]:
        """Every round has each once, so that what else the machine does falls on all of them."""
        fetched: dict[str, list[Fetched]] = {"ours": [], _LOOP: [], _POOL: []}
        for _ in range(rounds):
            for name, times in fetched.items():
                times.append(self.once(name, files))
        return fetched

    def once(self, name: str, files: int) -> Fetched:
        folder_id = self._drive.files.add_folder("Resumes")
        self._drive.files.add_resumes(files, folder_id, first=self._made)
        self._made += files
        if name == "ours":
            fetched = self._system.fetch(folder_id, files)
        else:
            fetched = _by_peer(self._drive, folder_id, files, self._folder, 1 if name == _LOOP else _AT_ONCE)
        self._drive.files.delete(folder_id)
        return fetched


def _by_peer(drive: RemoteDrive, folder_id: str, files: int, folder: Path, threads: int) -> Fetched:
    """Raises RuntimeError where a file is missing."""
    with tempfile.TemporaryDirectory(dir=folder) as destination:
        script = Path(__file__).with_name("peers") / "drive_loop.py"
        done = subprocess.run(
            [sys.executable, script, drive.api_endpoint, folder_id, destination, str(threads)],
            input=drive.accounts.grant().access_token,
            env=environment({}),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        if sum(1 for _ in Path(destination).iterdir()) != files:
            raise RuntimeError("the peer did not bring every file")
    return Fetched(**json.loads(done.stdout))


def _rates(where: str, fetched: dict[str, list[Fetched]]) -> list[Row]:
    files = fetched["ours"][0].files
    return [
        rate(
            f"{files:,} files{where}",
            _median(fetched["ours"], lambda each: each.per_s),
            name,
            _median(fetched[name], lambda each: each.per_s),
            unit="files/s",
        )
        for name in (_LOOP, _POOL)
    ]


def _memory(name: str, fetched: dict[str, list[Fetched]]) -> Row:
    def shown(of: Sequence[Fetched]) -> str:
        return f"{of[0].before_mib:,.0f} and {max(each.most_mib for each in of):,.0f} MiB"

    return Row(
        what="  memory, before and at most",
        ours=shown(fetched["ours"]),
        peer=f"{shown(fetched[name])} {name}",
    )


def _median(of: Sequence[Fetched], figure: Callable[[Fetched], float]) -> float:
    return statistics.median(figure(each) for each in of)
