"""What is expected of runs, whatever processes, owners and clocks do: worked out without a database."""

from uuid import UUID

from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.start_due_runs import MOST_TAKEOVERS


class ModelRun:
    def __init__(self, run_id: UUID) -> None:
        self.run_id = run_id
        self.is_running = False
        self.token: UUID | None = None
        self.lease_is_out = False
        self.is_asked_again = False
        self.files_found = 0
        self.takeovers = 0
        self.unanswered: list[int] = []
        """When triggers came that no look has followed yet."""

    def asked(self, at: int) -> None:
        self.unanswered.append(at)
        self.is_asked_again = self.is_running

    def looks(self) -> None:
        self.unanswered.clear()

    @property
    def is_free(self) -> bool:
        return not self.is_running or self.lease_is_out


class ModelSync:
    def __init__(self, sync_id: UUID, owner: int) -> None:
        self.sync_id = sync_id
        self.owner = owner
        self.is_active = True
        self.run: ModelRun | None = None


class Model:
    def __init__(self) -> None:
        self.syncs: list[ModelSync] = []

    def runs(self) -> list[ModelRun]:
        return [sync.run for sync in self.syncs if sync.run is not None]

    def held_by(self, held: HeldRun) -> ModelSync | None:
        """The sync whose run the process has that took it as ``held``; None once it has it no more."""
        for sync in self.syncs:
            run = sync.run
            if run is not None and run.is_running and (run.run_id, run.token) == (held.run_id, held.token):
                return sync
        return None

    def free(self) -> list[ModelSync]:
        """Of which a run can be taken now: one that waits only where none of the owner's is running."""
        busy = {sync.owner for sync in self.syncs if sync.run is not None and sync.run.is_running}
        return [
            sync
            for sync in self.syncs
            if sync.run is not None and sync.run.is_free and (sync.run.is_running or sync.owner not in busy)
        ]

    def takes(self, sync: ModelSync, held: HeldRun) -> None:
        run = sync.run
        assert run is not None
        if not run.is_running:
            run.looks()
        elif run.token is not None:
            run.takeovers += 1
        run.is_running, run.token, run.lease_is_out = True, held.token, False
        assert held.takeovers == run.takeovers
        if run.takeovers >= MOST_TAKEOVERS:
            sync.run = None
