"""What happened is kept once, where somebody wants to hear of it."""

from datetime import timedelta
from typing import Any

import pytest
from support.eventually import eventually
from support.heard_by_notifier import (
    NOW,
    OWNER,
    added,
    an_id,
    candidate,
    completed,
    computed,
    erased,
    failed,
    grant,
    granted,
    job,
    match,
    resume,
    tell,
    tell_together,
)
from support.notifier_service import NotifierService

from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier import event_store, sight_store
from hotgigs.notifier.happened import Happened
from hotgigs.notifier.happening import candidate_added, match_created
from hotgigs.notifier.wakeups import CHANNEL

ALL: tuple[WebhookEvent, ...] = (
    "resume.processing.completed",
    "resume.processing.failed",
    "candidate.added",
    "candidate.shared",
    "match.created",
)
LONG_AGO = NOW - timedelta(days=31)


async def kept(notifier: NotifierService) -> list[Happened]:
    rows = await notifier.pool.fetch("SELECT * FROM events ORDER BY number")
    return [sight_store.happened_of(row) for row in rows]


async def types(notifier: NotifierService) -> list[WebhookEvent]:
    return [each.event for each in await kept(notifier)]


async def are_told(notifier: NotifierService) -> None:
    """As if all who are to hear of what happened until now had been found."""
    await notifier.pool.execute("UPDATE events SET fanned_out_at = now()")


TOLD: dict[WebhookEvent, Message] = {
    "resume.processing.completed": completed("ada"),
    "resume.processing.failed": failed("ada"),
    "candidate.added": added("ada"),
    "candidate.shared": granted("ada"),
    "match.created": computed(match("ada")),
}


@pytest.mark.parametrize("event", ALL)
async def test_what_somebody_hears_is_kept_however_often_it_is_told_and_nothing_else(
    notifier: NotifierService, event: WebhookEvent
) -> None:
    await notifier.adds(OWNER, events=(event,))
    for _ in range(2):
        await tell(notifier.units_of_work, *TOLD.values())
        assert await types(notifier) == [event]
        await are_told(notifier)
    assert not await notifier.pool.fetch("SELECT FROM events WHERE fanned_out_at IS NULL")


async def test_without_an_active_webhook_nothing_is_kept(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL, is_active=False)
    await tell(notifier.units_of_work, *TOLD.values())
    assert not await kept(notifier)


async def test_what_is_heard_is_what_any_active_webhook_hears(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=("match.created", "candidate.added"), min_score=70.0)
    await notifier.adds(OWNER, events=("match.created",), min_score=60.0)
    await notifier.adds(OWNER, events=("match.created", "candidate.shared"), min_score=10.0, is_active=False)
    heard = await notifier.units_of_work.read(event_store.heard)
    assert heard.least_scores == {"match.created": 60.0, "candidate.added": 70.0}


async def test_a_match_that_is_below_every_least_score_is_not_kept(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=("match.created",), min_score=60.0)
    told = computed(match("low", score=59.9), match("high", score=60.0))
    await tell(notifier.units_of_work, told)
    assert [each.candidate_id for each in await kept(notifier)] == [an_id("high")]


@pytest.mark.parametrize(
    "told",
    [
        completed("ada", processing_completed_at=LONG_AGO),
        failed("ada", processing_completed_at=LONG_AGO),
        granted("ada", granted_at=LONG_AGO),
        computed(match("ada", created_at=LONG_AGO)),
    ],
    ids=lambda told: type(told).__name__,
)
async def test_what_happened_long_ago_is_not_kept(notifier: NotifierService, told: Message) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, told)
    assert not await kept(notifier)


async def test_an_update_tells_nobody_that_the_candidate_was_added_and_hides_it_from_nobody(
    notifier: NotifierService,
) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, CandidateUpdatedV1(candidate=candidate("ada", version=2)))
    assert not await kept(notifier)
    await tell(notifier.units_of_work, added("ada"))
    assert await types(notifier) == ["candidate.added"]
    assert await notifier.pool.fetchval("SELECT version FROM candidates") == 2


async def test_a_resume_that_fails_and_is_read_at_the_second_attempt_is_two_events(
    notifier: NotifierService,
) -> None:
    await notifier.adds(OWNER, events=ALL)
    again = completed("ada", attempt=2, version=4)
    await tell(notifier.units_of_work, failed("ada"), again, failed("ada"), again)
    assert await types(notifier) == ["resume.processing.failed", "resume.processing.completed"]


async def test_files_of_an_upload_that_were_refused_are_told_as_failed_once(
    notifier: NotifierService,
) -> None:
    await notifier.adds(OWNER, events=ALL)
    refused = failed("ada", version=1, batch_id=an_id("batch"))
    batch = BatchReceivedV1(
        batch_id=an_id("batch"),
        owner_user_id=OWNER.user_id,
        created_at=NOW,
        resumes=(refused.resume, resume("bob", version=1, status="uploaded", candidate_id=None)),
    )
    # A replay tells of each resume by itself.
    await tell(notifier.units_of_work, batch, refused, batch)
    (happened,) = await kept(notifier)
    assert (happened.event, happened.resume_id) == ("resume.processing.failed", refused.resume.resume_id)


async def test_a_share_is_told_again_when_it_changes(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL)
    for version in (1, 3, 1):
        await tell(notifier.units_of_work, granted("ada", "bob", version=version))
    told = [(each.candidate_id, each.version) for each in await kept(notifier)]
    assert sorted(told) == sorted((an_id(name), version) for name in ("ada", "bob") for version in (1, 3))


async def test_many_are_heard_in_one_transaction(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL)
    names = [f"candidate {number}" for number in range(200)]
    await tell_together(notifier.units_of_work, *map(added, names), *map(added, names))
    await tell_together(
        notifier.units_of_work,
        *(AccessGrantedV1(grants=(grant(name), grant(name, version=2))) for name in names),
    )
    await tell_together(
        notifier.units_of_work,
        *(computed(*(match(name, of=f"job {number}") for name in names)) for number in range(10)),
    )
    assert len(await kept(notifier)) == 200 + 400 + 2000


@pytest.mark.parametrize("event", ALL)
async def test_nothing_of_who_was_erased_is_kept(notifier: NotifierService, event: WebhookEvent) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, erased("ada"), TOLD[event])
    assert not await kept(notifier)


async def test_nothing_of_a_deleted_job_is_kept(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, computed(match("early"), match("other", of="another")))
    await tell(notifier.units_of_work, JobDeletedV1(job_id=an_id("job")), computed(match("late")))
    assert [each.candidate_id for each in await kept(notifier)] == [an_id("other")]


async def test_what_was_told_of_a_job_stays_when_it_is_deleted(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, computed(match("ada")))
    await are_told(notifier)
    await tell(notifier.units_of_work, JobDeletedV1(job_id=an_id("job")))
    assert await types(notifier) == ["match.created"]


async def test_what_is_kept_is_what_happened(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, added("ada"), computed(match("ada", version=2**40)))
    assert await kept(notifier) == [
        candidate_added(candidate("ada")),
        match_created(match("ada", version=2**40)),
    ]


@pytest.mark.parametrize(
    "told",
    [
        granted("bob"),
        CandidateUpdatedV1(candidate=candidate("ada", version=2)),
        JobUpdatedV1(job=job("job")),
    ],
    ids=lambda told: type(told).__name__,
)
async def test_those_who_find_hearers_are_woken_by_what_happens_and_by_what_it_waits_for(
    notifier: NotifierService, told: Message
) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, computed(match("ada")))
    assert await is_woken_by(notifier, told)


async def test_nobody_is_woken_for_what_nothing_waits_for(notifier: NotifierService) -> None:
    await notifier.adds(OWNER, events=ALL)
    await tell(notifier.units_of_work, computed(match("ada")))
    assert not await is_woken_by(notifier, CandidateUpdatedV1(candidate=candidate("bob")))
    await are_told(notifier)
    assert not await is_woken_by(notifier, CandidateUpdatedV1(candidate=candidate("ada")))
    assert not await is_woken_by(notifier, computed(match("ada")))


async def is_woken_by(notifier: NotifierService, told: Message) -> bool:
    heard: list[Any] = []

    def hear(*notification: Any) -> None:
        heard.append(notification[-1])

    async def is_over() -> bool:
        return "over" in heard

    async with notifier.pool.acquire() as connection:
        await connection.add_listener(CHANNEL, hear)
        await tell(notifier.units_of_work, told)
        await notifier.pool.execute("SELECT pg_notify($1, 'over')", CHANNEL)
        await eventually(is_over)
        await connection.remove_listener(CHANNEL, hear)
    return "events" in heard
