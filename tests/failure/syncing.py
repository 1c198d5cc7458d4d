"""A folder in Google Drive that becomes resumes while drive-sync dies, and the reckoning afterwards."""

import os
import time
from pathlib import Path

from e2e.api import Api, Secrets
from e2e.drive import Run, SyncedFolder, synced_folder, until_so
from failure.scenario import Scenario
from failure.system import System
from support.stand_in_drive import RemoteDrive

FILES = int(os.environ.get("HOTGIGS_TEST_DRIVE_FILES", "150"))
ARE_READ = FILES <= 1000
"""Beyond that it would be the parser that is looked at."""
AT_ONCE = 4
"""Files that are on their way."""
LEASE_S = 5
WITHIN_S = 60 + FILES / 20

SETTINGS = {
    "HOTGIGS_DRIVE_FILES_AT_ONCE": str(AT_ONCE),
    "HOTGIGS_DRIVE_LEASE_SECONDS": str(LEASE_S),
    "HOTGIGS_DRIVE_MOST_UNREAD": str(200 if ARE_READ else FILES),
    "HOTGIGS_DRIVE_REQUESTS_PER_SECOND": "100000",
}

_COUNTS = {
    "resumes": "SELECT count(*) FROM ingest.resumes",
    "files": "SELECT count(DISTINCT filename) FROM ingest.resumes WHERE source = 'google_drive'",
    "completed": "SELECT count(*) FROM ingest.resumes WHERE status = 'completed'",
    "candidates": "SELECT count(*) FROM gateway.candidates",
    "fetched": "SELECT count(*) FROM drive_sync.files WHERE state = 'submitted'",
}
_BLOBS = "SELECT blob_key FROM ingest.resumes"


def settings_of(drive: RemoteDrive) -> dict[str, str]:
    return SETTINGS | {
        "HOTGIGS_DRIVE_API_ENDPOINT": drive.api_endpoint,
        "HOTGIGS_GOOGLE_TOKEN_URI": drive.token_uri,
    }


class Syncing:
    """A run over `FILES` files that has begun."""

    def __init__(self, scenario: Scenario, drive: RemoteDrive) -> None:
        self.system: System = scenario.system
        self._scenario = scenario
        self._drive = drive
        if not ARE_READ:
            self.system["parser"].stop()
        api = Api(self.system.url, Secrets()).register("recruiter").log_in()
        self.folder: SyncedFolder = synced_folder(drive, api)
        drive.files.add_resumes(FILES, self.folder.folder_id)
        self.folder.set_up()
        drive.records.forget()
        self._began = time.monotonic()
        self._most_mib = 0.0
        self.run_id = self.folder.trigger()

    def wait_until_fetched(self, count: int) -> None:
        until_so(self.fetches, lambda fetches: len(fetches) >= count, within_s=WITHIN_S)

    def fetches(self) -> dict[str, int]:
        """By file."""
        return self._drive.records.read().fetches

    def kill(self, *names: str) -> None:
        for name in names:
            if "drive-sync" in name:
                self._note_memory(name)
            self.system[name].kill()

    def holders(self) -> list[str]:
        """The processes that have taken the run, the last of them last."""
        taken = [
            (event["timestamp"], name)
            for name, process in self.system.processes.items()
            for event in process.logged(event="run_taken", run_id=self.run_id)
        ]
        return [name for _, name in sorted(taken)]

    def check(self, *, kills: int) -> None:
        """Every file has become one resume; none but those on their way was fetched twice, when it was
        killed and where it had lost the run to another, or to itself, because the machine was too busy."""
        run = until_so(self._run, lambda run: run["ended_at"] is not None, within_s=WITHIN_S)
        seconds = time.monotonic() - self._began
        for name in self.system.processes:
            if "drive-sync" in name and self.system[name].is_running:
                self._note_memory(name)
        if ARE_READ:
            run = self.folder.until_read(self.run_id)
            assert (run["files_processed"], run["files_failed"]) == (FILES, 0)
            self._check_totals()
        fetches = self.fetches()
        twice = {file_id: times for file_id, times in fetches.items() if times > 1}
        until_so(self._counts, lambda counts: counts == self._expected(), within_s=WITHIN_S)
        self._scenario.report(
            {
                **self._counts(),
                "kills": kills,
                "taken": len(self.holders()),
                "fetched twice": len(twice),
                "seconds": round(seconds, 1),
                "files/s": round(FILES / seconds, 1),
                "most MiB": round(self._most_mib),
            }
        )
        assert (run["status"], run["files_found"], run["files_synced"]) == ("completed", FILES, FILES)
        assert (run["files_waiting"], run["error_count"], run["error_message"]) == (0, 0, None)
        assert len(fetches) == FILES
        assert sum(twice.values()) - len(twice) <= AT_ONCE * (len(self.holders()) - 1)
        assert [each["run_id"] for each in self.folder.runs()] == [self.run_id]
        self._check_files_and_messages()

    def _run(self) -> Run:
        return self.folder.run(self.run_id)

    def _check_totals(self) -> None:
        sync = self.folder.sync()
        assert [sync[f"total_files_{name}"] for name in ("synced", "processed", "failed")] == [
            FILES,
            FILES,
            0,
        ]

    def _counts(self) -> dict[str, int]:
        return {name: self.system.query("ingest", sql)[0][0] for name, sql in _COUNTS.items()}

    def _expected(self) -> dict[str, int]:
        read = {"completed", "candidates"}
        return {name: FILES if ARE_READ or name not in read else 0 for name in _COUNTS}

    def _check_files_and_messages(self) -> None:
        self.system.stop()
        published = self._scenario.tap.published()
        told = {message_id for key, message_id in published if key == "drive_sync.drive_file_fetched"}
        assert len(told) == FILES
        self.system.sweep_files()
        kept = {key for key in self.system.blobs if "#" not in key}
        assert kept == {row["blob_key"] for row in self.system.query("ingest", _BLOBS)}
        assert not self.system.logged(level="critical")

    def _note_memory(self, name: str) -> None:
        self._most_mib = max(self._most_mib, most_mib(self.system[name].pid))


def most_mib(pid: int) -> float:
    """The most memory that the process has had at a time."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
