"""What becomes of one file, whatever is seen of it and whatever its fetches come to."""

from uuid import UUID, uuid4

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hotgigs.drive_sync import ledger
from hotgigs.drive_sync.ledger import LedgerFile
from hotgigs.drive_sync.sources.entries import PassedOver, SourceFile
from hotgigs.drive_sync.tally import Tally

MAX_BYTES = 10
revisions = st.sampled_from("abc")


class OneFile(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.file: LedgerFile | None = None
        self.begin_run()

    @rule()
    def begin_run(self) -> None:
        """What is pending is taken up by the run."""
        self.run_id, self.tally = uuid4(), Tally()
        if self.is_pending():
            assert self.file is not None
            self.seen(self.file.revision or "", None)

    @rule(revision=revisions, size_bytes=st.sampled_from([None, 0, 5, MAX_BYTES, 11]))
    def seen(self, revision: str, size_bytes: int | None) -> None:
        self.see(SourceFile(file_id="file", name="cv.pdf", revision=revision, size_bytes=size_bytes))

    @rule()
    def passed_over(self) -> None:
        self.see(PassedOver(file_id="file", name="cv.pdf", reason="wrong_type"))

    @precondition(lambda self: self.file is not None)
    @rule(is_trashed=st.booleans())
    def left(self, is_trashed: bool) -> None:
        self.file = ledger.left(self.file, self.tally, run_id=self.run_id, is_trashed=is_trashed)
        assert self.file.state == "gone"

    @precondition(lambda self: self.is_to_fetch())
    @rule()
    def submitted(self) -> None:
        resume_id = uuid4()
        revision = self.file.revision
        self.file = ledger.submitted(
            self.file, self.tally, resume_id=resume_id, digest=revision, revision=revision
        )
        assert (self.file.submitted_revision, self.file.resume_id) == (revision, resume_id)

    @precondition(lambda self: self.is_to_fetch())
    @rule()
    def unchanged(self) -> None:
        self.file = ledger.unchanged(self.file, self.tally, revision=self.file.revision)

    @precondition(lambda self: self.is_to_fetch())
    @rule(reason=st.sampled_from(["too_large", "empty", "not_downloadable"]))
    def refused(self, reason: str) -> None:
        self.file = ledger.refused(self.file, reason, self.tally)

    @precondition(lambda self: self.is_to_fetch())
    @rule()
    def not_fetched(self) -> None:
        self.file = ledger.not_fetched(self.file, self.tally, run_id=self.run_id)

    @invariant()
    def counts_add_up(self) -> None:
        counts = self.tally.counts
        done = counts["files_unchanged"] + counts["files_synced"] + counts["files_not_fetched"]
        assert counts["files_found"] == done + self.is_to_fetch()
        assert min([0, *counts.values(), *self.tally.passed_over.values()]) == 0

    @invariant()
    def what_is_submitted_is_not_fetched_again(self) -> None:
        if self.file is not None and self.file.state == "pending":
            assert self.file.revision != self.file.submitted_revision
            assert self.file.entry is not None

    def see(self, entry: SourceFile | PassedOver) -> None:
        before = self.tally.counts.copy()
        self.file = ledger.seen(self.file, entry, self.tally, run_id=self.run_id, max_bytes=MAX_BYTES)
        counts = self.tally.counts.copy()
        assert ledger.seen(self.file, entry, self.tally, run_id=self.run_id, max_bytes=MAX_BYTES) == self.file
        assert self.tally.counts == counts
        assert counts["files_synced"] == before["files_synced"]

    def is_pending(self) -> bool:
        return self.file is not None and self.file.state == "pending"

    def is_to_fetch(self) -> bool:
        return self.is_pending() and self.file is not None and self.file.not_fetched_in != self.run_id


TestOneFile = OneFile.TestCase


def test_what_was_submitted_stays_known_wherever_the_file_is() -> None:
    resume_id = UUID(int=1)
    entry = SourceFile(file_id="file", name="cv.pdf", revision="a")
    tally = Tally()
    file = ledger.seen(None, entry, tally, run_id=UUID(int=2), max_bytes=MAX_BYTES)
    file = ledger.submitted(file, tally, resume_id=resume_id, digest="digest", revision="a")
    gone = ledger.left(file, tally, run_id=UUID(int=3))
    back = ledger.seen(gone, entry, tally, run_id=UUID(int=4), max_bytes=MAX_BYTES)
    assert (back.state, back.resume_id, back.submitted_digest) == ("submitted", resume_id, "digest")
