"""Reads are recorded in the background, in few commands, and nobody waits for it."""

import asyncio
from collections.abc import Sequence
from typing import cast
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from hotgigs.chassis.bus.interface import Bus, BusUnavailable, PublishFailed
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.gateway.record_activities import Read, RecordActivitiesV1
from hotgigs.gateway import activity_recorder
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.activity_recorder import MAX_READS, READS_PER_COMMAND, ActivityRecorder

ADA, BOB = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))


class Heard:
    """A bus that takes what is published, fails as long as it is away, and never ends while it hangs."""

    def __init__(self) -> None:
        self.commands: list[RecordActivitiesV1] = []
        self.is_away = False
        self.hangs = False
        self.tried = asyncio.Event()
        self.took = asyncio.Event()

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        self.tried.set()
        if self.hangs:
            await asyncio.Event().wait()
        if self.is_away:
            raise PublishFailed({envelope.id: BusUnavailable() for envelope in envelopes})
        self.commands += [cast("RecordActivitiesV1", envelope.open()) for envelope in envelopes]
        self.took.set()

    @property
    def reads(self) -> list[Read]:
        return [read for command in self.commands for read in command.reads]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def recorder(heard: Heard) -> ActivityRecorder:
    return ActivityRecorder(cast("Bus", heard), collect_s=0.01)


async def test_reads_are_sent_in_one_command_with_who_did_what(
    recorder: ActivityRecorder, heard: Heard
) -> None:
    candidate_id, resume_id = uuid4(), uuid4()
    async with recorder.sending():
        recorder.viewed(ADA, candidate_id)
        recorder.downloaded(BOB, candidate_id, resume_id)
        recorder.exported(ADA, candidate_id)
        await heard.took.wait()
    (command,) = heard.commands
    assert [(read.kind, read.actor, read.resume_id) for read in command.reads] == [
        ("viewed", ADA.actor, None),
        ("downloaded", BOB.actor, resume_id),
        ("exported", ADA.actor, None),
    ]
    assert {read.candidate_id for read in command.reads} == {candidate_id}
    assert len({read.activity_id for read in command.reads}) == 3


async def test_the_same_read_again_before_it_is_sent_is_one_read(
    recorder: ActivityRecorder, heard: Heard
) -> None:
    candidate_id = uuid4()
    async with recorder.sending():
        for principal in (ADA, ADA, BOB, ADA):
            recorder.viewed(principal, candidate_id)
    assert sorted(read.actor.user_id for read in heard.reads) == sorted([ADA.user_id, BOB.user_id])


async def test_what_is_left_is_sent_when_the_gateway_ends(recorder: ActivityRecorder, heard: Heard) -> None:
    candidate_ids = [uuid4() for _ in range(READS_PER_COMMAND + 1)]
    async with recorder.sending():
        for candidate_id in candidate_ids:
            recorder.viewed(ADA, candidate_id)
    assert [len(command.reads) for command in heard.commands] == [READS_PER_COMMAND, 1]
    assert [read.candidate_id for read in heard.reads] == candidate_ids


async def test_reads_wait_while_the_bus_is_away(
    recorder: ActivityRecorder, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_recorder, "RETRY_S", 0.01)
    heard.is_away = True
    async with recorder.sending():
        recorder.viewed(ADA, uuid4())
        await heard.tried.wait()
        recorder.viewed(ADA, uuid4())
        heard.is_away = False
        await heard.took.wait()
    assert len(heard.reads) == 2


async def test_the_gateway_ends_in_time_though_the_bus_does_not_answer(
    recorder: ActivityRecorder, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_recorder, "LAST_TIMEOUT_S", 0.01)
    heard.hangs = True
    async with recorder.sending():
        recorder.viewed(ADA, uuid4())
        await heard.tried.wait()
    assert heard.reads == []


async def test_what_is_being_sent_when_the_gateway_ends_is_sent_again(
    recorder: ActivityRecorder, heard: Heard
) -> None:
    heard.hangs = True
    async with recorder.sending():
        recorder.viewed(ADA, uuid4())
        await heard.tried.wait()
        heard.hangs = False
    assert len(heard.reads) == 1


async def test_no_more_reads_wait_than_the_bound_says(recorder: ActivityRecorder, heard: Heard) -> None:
    def lost() -> float:
        return REGISTRY.get_sample_value("hotgigs_reads_not_recorded_total") or 0

    before = lost()
    async with recorder.sending():
        for _ in range(MAX_READS + 5):
            recorder.viewed(ADA, uuid4())
    assert len(heard.reads) == MAX_READS
    assert lost() - before == 5
