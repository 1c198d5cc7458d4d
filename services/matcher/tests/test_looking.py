"""What is looked at, tried out, and found to be alike."""

from uuid import UUID, uuid4

import pytest
from support.matcher_service import ADMIN, Matcher, posting, profile, recruiter, state

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.matcher import on_preview_matches
from hotgigs.matcher.on_find_similar import on_find_similar
from hotgigs.matcher.on_view_match import on_view_match
from hotgigs.matcher.similarity import similarity

OWNER, OTHER = recruiter(), recruiter()
PERSON = Actor(user_id=uuid4(), role="candidate")


async def previewed(
    matcher: Matcher, actor: Actor, *, limit: int = 20, min_score: float = 0.0
) -> MatchesPreviewedV1 | Rejection:
    command = PreviewMatchesV1(
        command_id=uuid4(), actor=actor, posting=posting(), limit=limit, min_score=min_score
    )
    found = await on_preview_matches.work(command, matcher.resources)

    async def handle(command: PreviewMatchesV1, uow: object) -> None:
        await on_preview_matches.on_preview_matches(command, found, uow)  # type: ignore[arg-type]

    settled, told = await matcher.does(handle, command)
    if settled.rejection is not None:
        return settled.rejection
    (event,) = told
    assert isinstance(event, MatchesPreviewedV1)
    assert event.command_id == command.command_id
    return event


async def test_a_preview_is_of_the_actor_s_database_the_best_first(matcher: Matcher) -> None:
    developer, cook = state(OWNER.user_id), state(OWNER.user_id, of=profile("Cook", "Pastry"))
    await matcher.adds(developer, cook, state(OTHER.user_id))
    await matcher.run()
    found = await previewed(matcher, OWNER)
    assert isinstance(found, MatchesPreviewedV1)
    assert [match.candidate_id for match in found.matches] == [developer.candidate_id, cook.candidate_id]
    assert (found.compared, found.required) == (2, ("Python", "PostgreSQL"))
    assert await matcher.pairs() == {}
    assert await matcher.count("jobs") == 0


async def test_a_preview_keeps_to_its_limit_and_least_score(matcher: Matcher) -> None:
    await matcher.adds(
        *(state(OWNER.user_id) for _ in range(3)), state(OWNER.user_id, of=profile("Cook", "Pastry"))
    )
    await matcher.run()
    limited, scored = (
        await previewed(matcher, OWNER, limit=2),
        await previewed(matcher, OWNER, min_score=50.0),
    )
    assert isinstance(limited, MatchesPreviewedV1)
    assert isinstance(scored, MatchesPreviewedV1)
    assert (len(limited.matches), limited.compared) == (2, 4)
    assert len(scored.matches) == 3


async def test_an_administrator_previews_all_candidates_and_a_person_none(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id), state(OTHER.user_id))
    await matcher.run()
    found = await previewed(matcher, ADMIN)
    assert isinstance(found, MatchesPreviewedV1)
    assert len(found.matches) == 2
    refused = await previewed(matcher, PERSON)
    assert isinstance(refused, Rejection)
    assert refused.code == "forbidden"


def find(actor: Actor, candidate_id: UUID, limit: int = 20) -> FindSimilarV1:
    return FindSimilarV1(command_id=uuid4(), actor=actor, candidate_id=candidate_id, limit=limit)


async def test_similar_are_those_of_the_actor_s_database_the_most_alike_first(matcher: Matcher) -> None:
    one, twin = state(OWNER.user_id), state(OWNER.user_id)
    near = state(OWNER.user_id, of=profile("Data Engineer", "Python", "Kafka"))
    far, elsewhere = state(OWNER.user_id, of=profile("Cook", "Pastry")), state(OTHER.user_id)
    await matcher.adds(one, twin, near, far, elsewhere)
    await matcher.run()
    _, (found,) = await matcher.does(on_find_similar, find(OWNER, one.candidate_id))
    assert isinstance(found, SimilarFoundV1)
    assert [each.candidate_id for each in found.candidates] == [
        each.candidate_id for each in (twin, near, far)
    ]
    assert found.candidates[0].similarity == 100.0
    assert set(found.candidates[0].shared_skills) == {"Python", "PostgreSQL"}
    assert found.candidates[1].shared_skills == ("Python",)
    _, (of_all,) = await matcher.does(on_find_similar, find(ADMIN, one.candidate_id, limit=4))
    assert isinstance(of_all, SimilarFoundV1)
    assert elsewhere.candidate_id in {each.candidate_id for each in of_all.candidates}


async def test_nothing_of_other_databases_shows_in_similarities(matcher: Matcher) -> None:
    one, other = state(OWNER.user_id), state(OWNER.user_id, of=profile("Data Engineer", "Python", "Kafka"))
    await matcher.adds(one, other)
    await matcher.run()
    _, (before,) = await matcher.does(on_find_similar, find(OWNER, one.candidate_id))
    await matcher.adds(*(state(OTHER.user_id, of=profile("Developer", "PostgreSQL")) for _ in range(5)))
    await matcher.run()
    _, (after,) = await matcher.does(on_find_similar, find(OWNER, one.candidate_id))
    assert isinstance(before, SimilarFoundV1)
    assert isinstance(after, SimilarFoundV1)
    assert before.candidates == after.candidates


async def test_nobody_is_like_who_is_not_there(matcher: Matcher) -> None:
    settled, _ = await matcher.does(on_find_similar, find(OWNER, uuid4()))
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"


@pytest.mark.parametrize(
    ("cosine", "other", "expected"),
    [(1.0, {"a", "b"}, 100.0), (1.0, {"c"}, 50.0), (-0.5, {"a", "c"}, 12.5), (0.0, set(), 0.0)],
)
def test_similarity_is_half_what_is_said_and_half_the_skills(
    cosine: float, other: set[str], expected: float
) -> None:
    assert similarity(cosine, {"a", "b"}, other, {"a": 1.0, "b": 2.0, "c": 1.0}) == expected


async def test_a_view_is_told_of_with_its_first_time(matcher: Matcher) -> None:
    candidate = state(OWNER.user_id)
    await matcher.adds(candidate)
    job_id = await matcher.posts(OWNER)
    await matcher.run()
    views = []
    for actor in (OWNER, OWNER, OTHER):
        command = ViewMatchV1(
            command_id=uuid4(), actor=actor, job_id=job_id, candidate_id=candidate.candidate_id
        )
        _, (viewed,) = await matcher.does(on_view_match, command)
        assert isinstance(viewed, MatchViewedV1)
        views.append(viewed)
    assert views[0].viewed_at == views[1].viewed_at < views[2].viewed_at
    assert [each.database_id for each in views] == [OWNER.user_id, OWNER.user_id, OTHER.user_id]


async def test_what_is_not_matched_is_not_viewed(matcher: Matcher) -> None:
    job_id = await matcher.posts(OWNER)
    command = ViewMatchV1(command_id=uuid4(), actor=OWNER, job_id=job_id, candidate_id=uuid4())
    settled, _ = await matcher.does(on_view_match, command)
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"
