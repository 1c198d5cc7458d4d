"""Where not all can be scored, who is."""

from collections.abc import Collection
from uuid import UUID, uuid4

import msgspec
import pytest
from support.matcher_service import Matcher, posting, profile, recruiter, state

from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.matcher import feature_store, generation

LARGE, SMALL = recruiter(), recruiter()
DEVELOPER, COOK = profile(), profile("Cook", "Pastry")


@pytest.fixture(autouse=True)
def few_are_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "FEW", 0)
    monkeypatch.setattr(generation, "BUDGET", 0)
    monkeypatch.setattr(generation, "LEAST", 4)
    monkeypatch.setattr(generation, "COMPARED", 0)
    monkeypatch.setattr(generation, "JOBS", 4)
    monkeypatch.setattr(generation, "BY_VECTOR", 0.5)


async def added(matcher: Matcher, *states: CandidateState) -> None:
    await matcher.adds(*states)
    await matcher.run()


async def generated(matcher: Matcher, only_in: Collection[UUID] | None = None) -> set[UUID]:
    job_id = await matcher.posts(LARGE, posting())
    await matcher.run()
    matching = matcher.resources.matching
    features = await matching.units_of_work.read(feature_store.find, "job", job_id, made_by=matching.made_by)
    assert features is not None
    async with matching.units_of_work.begin() as uow:
        return await generation.candidates_for(uow.connection, features, only_in=only_in)


@pytest.mark.parametrize("most_by_index", [0, 10_000])
async def test_a_small_database_has_its_own_beside_a_large_one(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, most_by_index: int
) -> None:
    monkeypatch.setattr(generation, "MOST_BY_INDEX", most_by_index)
    large = [state(LARGE.user_id, of=DEVELOPER) for _ in range(20)]
    small = state(SMALL.user_id, of=DEVELOPER)
    await added(matcher, *large, small, state(SMALL.user_id, of=COOK))
    found = await generated(matcher)
    assert small.candidate_id in found
    assert 2 <= len(found & {each.candidate_id for each in large}) <= 4


async def test_who_shares_the_skills_comes_before_who_does_not(matcher: Matcher) -> None:
    cooks = [state(LARGE.user_id, of=COOK) for _ in range(20)]
    developer = state(LARGE.user_id, of=DEVELOPER)
    await added(matcher, *cooks, developer)
    found = await generated(matcher)
    assert developer.candidate_id in found
    assert len(found) <= 4


async def test_who_is_near_is_found_without_any_of_the_skills(matcher: Matcher) -> None:
    cooks = [state(LARGE.user_id, of=COOK) for _ in range(20)]
    near = state(LARGE.user_id, of=profile("Python Developer", "Fishing"))
    await added(matcher, *cooks, near)
    assert near.candidate_id in await generated(matcher)


async def test_who_lives_near_comes_before_their_equals_elsewhere(matcher: Matcher) -> None:
    elsewhere = msgspec.structs.replace(DEVELOPER, location="Pune, India")
    far = [state(LARGE.user_id, of=elsewhere) for _ in range(20)]
    near = state(LARGE.user_id, of=msgspec.structs.replace(DEVELOPER, location="Potsdam, Germany"))
    await added(matcher, *far, near)
    found = await generated(matcher)
    assert near.candidate_id in found
    assert len(found) <= 4


async def test_a_part_of_a_large_database_is_scored_whatever_the_least(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "MOST_BY_INDEX", 0)
    monkeypatch.setattr(generation, "LEAST_PART", 0.5)
    await added(matcher, *(state(LARGE.user_id, of=DEVELOPER) for _ in range(20)))
    assert len(await generated(matcher)) == 10


async def test_only_those_of_the_databases_that_are_asked_for(matcher: Matcher) -> None:
    small = state(SMALL.user_id, of=COOK)
    await added(matcher, *(state(LARGE.user_id, of=DEVELOPER) for _ in range(5)), small)
    assert await generated(matcher, [SMALL.user_id]) == {small.candidate_id}
    assert await generated(matcher, [uuid4()]) == set()


async def test_of_many_jobs_a_candidate_is_scored_for_those_that_fit(matcher: Matcher) -> None:
    for _ in range(8):
        await matcher.posts(LARGE, posting("Cook", "Pastry"))
    fitting = await matcher.posts(LARGE, posting())
    await matcher.run()
    developer = state(LARGE.user_id, of=DEVELOPER)
    await added(matcher, developer)
    assert (fitting, developer.candidate_id) in await matcher.pairs()
