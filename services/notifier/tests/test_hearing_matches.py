"""A match is told once, for as long as it is one."""

from typing import Any
from uuid import UUID

import pytest
from support.heard_by_notifier import OWNER, added, an_id, computed, job, match, removed, tell, tell_together
from support.notifier_service import NotifierService

from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.notifier import fan_out


@pytest.fixture
async def webhook_id(notifier: NotifierService) -> UUID:
    return await notifier.adds(OWNER, events=("match.created",), min_score=50.0)


async def waiting(notifier: NotifierService) -> list[tuple[int, float]]:
    """Versions and scores of the matches whose hearers are not known yet."""
    rows = await notifier.pool.fetch("SELECT * FROM events WHERE fanned_out_at IS NULL ORDER BY version")
    return [(row["version"], row["facts"]["score"]) for row in rows]


async def told(notifier: NotifierService) -> list[int]:
    """Versions of the matches that the webhook was told of."""
    rows = await notifier.pool.fetch("SELECT version FROM told_matches ORDER BY version")
    return [row["version"] for row in rows]


async def tells(notifier: NotifierService, webhook_id: UUID) -> None:
    """What waits, to the webhook."""
    await notifier.pool.execute(
        "WITH found AS (UPDATE events SET fanned_out_at = now() WHERE fanned_out_at IS NULL RETURNING *)"
        " INSERT INTO told_matches SELECT $1, job_id, candidate_id, version FROM found"
        " ON CONFLICT DO NOTHING",
        webhook_id,
    )


async def test_one_that_waits_is_told_as_it_is_now(notifier: NotifierService, webhook_id: UUID) -> None:
    for each in (match("ada", score=80.0), match("ada", version=3, score=60.0), match("ada", version=2)):
        await tell(notifier.units_of_work, computed(each))
    assert await waiting(notifier) == [(3, 60.0)]


async def test_one_that_was_told_is_told_to_others_when_its_score_rises(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada", score=60.0)))
    await tells(notifier, webhook_id)
    await tell(notifier.units_of_work, computed(match("ada", version=2, score=60.0)))
    await tell(notifier.units_of_work, computed(match("ada", version=3, score=55.0)))
    assert await waiting(notifier) == []
    await tell(notifier.units_of_work, computed(match("ada", version=4, score=60.1)))
    assert await waiting(notifier) == [(4, 60.1)]
    assert await notifier.pool.fetchval("SELECT count(*) FROM events") == 1
    assert await told(notifier) == [1]


async def test_one_that_comes_late_is_no_better(notifier: NotifierService, webhook_id: UUID) -> None:
    await tell(notifier.units_of_work, computed(match("ada", version=4, score=60.0)))
    await tells(notifier, webhook_id)
    await tell(notifier.units_of_work, computed(match("ada", version=3, score=90.0)))
    assert await waiting(notifier) == []


async def test_one_that_is_removed_before_anybody_is_told_is_not_told(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada"), match("bob"), match("ada", of="another")))
    await tell(notifier.units_of_work, computed(removed("ada", version=2)))
    assert len(await waiting(notifier)) == 2


async def test_one_that_is_removed_while_it_waits_for_others_is_still_found_by_its_deliveries(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(
        notifier.units_of_work, JobPostedV1(job=job("job")), added("ada"), computed(match("ada", score=60.0))
    )
    assert await fan_out.step(notifier.units_of_work, notifier.resources.settings) == 1
    await tell(notifier.units_of_work, computed(match("ada", version=2, score=90.0)))
    assert await waiting(notifier) == [(2, 90.0)]
    await tell(notifier.units_of_work, computed(removed("ada", version=3)))
    assert await waiting(notifier) == []
    assert await notifier.pool.fetchval("SELECT count(*) FROM delivered_events JOIN events USING (event_id)")


async def test_a_removal_that_comes_late_takes_nothing_back(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada", version=7)))
    await tell(notifier.units_of_work, computed(removed("ada", version=5)))
    assert await waiting(notifier) == [(7, 80.0)]
    await tells(notifier, webhook_id)
    await tell(notifier.units_of_work, computed(removed("ada", version=5)))
    assert await told(notifier) == [7]


async def test_a_removal_has_only_its_pair_told_again(notifier: NotifierService, webhook_id: UUID) -> None:
    await tell(notifier.units_of_work, computed(match("ada"), match("bob"), match("ada", of="another")))
    await tells(notifier, webhook_id)
    await tell(notifier.units_of_work, computed(removed("ada", version=5)))
    rows = await notifier.pool.fetch("SELECT job_id, candidate_id FROM told_matches")
    left = {(row["job_id"], row["candidate_id"]) for row in rows}
    assert left == {(an_id("job"), an_id("bob")), (an_id("another"), an_id("ada"))}


LIVES: dict[str, tuple[Match | RemovedMatch, ...]] = {
    "as it was": (removed("ada", version=5), match("ada", version=7, made=1)),
    "with the removal late": (match("ada", version=7, made=1), removed("ada", version=5)),
    "without the removal": (match("ada", version=7, made=1),),
}


@pytest.mark.parametrize("life", LIVES)
async def test_a_pair_that_is_made_again_is_told_again(
    notifier: NotifierService, webhook_id: UUID, life: str
) -> None:
    await tell(notifier.units_of_work, computed(match("ada", version=3)))
    await tells(notifier, webhook_id)
    await tell(notifier.units_of_work, *map(computed, LIVES[life]))
    assert (await told(notifier), await waiting(notifier)) == ([], [(7, 80.0)])


@pytest.mark.parametrize("life", LIVES)
async def test_a_pair_that_is_made_again_before_anybody_is_told_is_told_once(
    notifier: NotifierService, webhook_id: UUID, life: str
) -> None:
    await tell(notifier.units_of_work, computed(match("ada", version=3)))
    await tell_together(notifier.units_of_work, *map(computed, LIVES[life]))
    assert await waiting(notifier) == [(7, 80.0)]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ((match("ada", version=3), removed("ada", version=5)), []),
        ((removed("ada", version=5), match("ada", version=3)), []),
        ((removed("ada", version=5), match("ada", version=7)), [(7, 80.0)]),
        ((match("ada", version=2, score=99.0), match("ada", version=3)), [(3, 80.0)]),
    ],
)
async def test_of_several_words_on_a_pair_at_once_the_last_counts(
    notifier: NotifierService, webhook_id: UUID, words: tuple[Any, ...], left: list[tuple[int, float]]
) -> None:
    await tell_together(notifier.units_of_work, *map(computed, words))
    assert await waiting(notifier) == left


async def test_a_removal_is_heard_though_nobody_hears_of_matches_now(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada")))
    await tells(notifier, webhook_id)
    await notifier.changes(OWNER, webhook_id, is_active=False)
    await tell(notifier.units_of_work, computed(removed("ada")))
    assert await told(notifier) == []


async def test_what_is_heard_is_delivered_to_those_who_may_see_it(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    """From the first word to the delivery: each webhook hears of a pair once, when it is good enough."""
    demanding = await notifier.adds(OWNER, events=("match.created",), min_score=90.0)

    async def heard() -> list[UUID]:
        while await fan_out.step(notifier.units_of_work, notifier.resources.settings):
            pass
        rows = await notifier.pool.fetch("SELECT webhook_id FROM deliveries ORDER BY created_at, webhook_id")
        return [row["webhook_id"] for row in rows]

    await tell(notifier.units_of_work, computed(match("ada", score=60.0)))
    assert await heard() == []
    await tell(notifier.units_of_work, JobPostedV1(job=job("job")))
    assert await heard() == []
    await tell(notifier.units_of_work, added("ada"))
    assert await heard() == [webhook_id]
    await tell(notifier.units_of_work, computed(match("ada", version=2, score=95.0)))
    assert await heard() == [webhook_id, demanding]
    await tell(notifier.units_of_work, computed(match("ada", version=3, score=96.0)))
    assert await heard() == [webhook_id, demanding]
    await tell(notifier.units_of_work, computed(removed("ada", version=4)))
    await tell(notifier.units_of_work, computed(match("ada", version=5, score=60.0, made=1)))
    assert await heard() == [webhook_id, demanding, webhook_id]
