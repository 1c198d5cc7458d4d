"""What a job would match, and who is like whom, is asked of the matcher, and nothing of it is kept."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import ADA, add_candidate, share
from told import an_id, erasure, tell
from told_by_matcher import match
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.contracts.matcher.similar_found import SimilarCandidate, SimilarFoundV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.matching.answers import forget_unread

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")
GIVEN = {"title": "Engineer", "description": "Python on AWS.", "required_skills": ["Python"]}


class Matcher:
    """Answers questions with these candidates, in this order."""

    def __init__(self, candidate_ids: Sequence[UUID]) -> None:
        self.candidate_ids = candidate_ids

    async def __call__(self, connection: Connection, command: PreviewMatchesV1 | FindSimilarV1) -> None:
        await tell(connection, self.answer(command))

    def answer(self, command: PreviewMatchesV1 | FindSimilarV1) -> MatchesPreviewedV1 | SimilarFoundV1:
        if isinstance(command, PreviewMatchesV1):
            return MatchesPreviewedV1(
                command_id=command.command_id,
                compared=7,
                required=("Python",),
                preferred=("AWS",),
                matches=tuple(match(each, of=command.command_id) for each in self.candidate_ids),
            )
        similar = tuple(
            SimilarCandidate(candidate_id=each, similarity=80.5, shared_skills=("Python", "SQL"))
            for each in self.candidate_ids
        )
        return SimilarFoundV1(command_id=command.command_id, candidates=similar)


@pytest.fixture
async def candidate_ids(writing_app: WritingApp, pool: Pool) -> list[UUID]:
    """Ann's, then one of Ben's that is shared with Ann, then one that is Ben's alone; the matcher would tell
    of all."""
    async with pool.acquire() as connection:
        ids = [await add_candidate(connection, database_id=who.user_id) for who in (ANN, BEN, BEN)]
        await share(connection, ids[1], ANN.user_id, can_view_contact_info=False, profile=ADA)
    writing_app.ingest.effect = Matcher(ids)
    writing_app.resources.settings = writing_app.settings
    return ids


async def kept(pool: Pool) -> int:
    return int(await pool.fetchval("SELECT count(*) FROM gateway.matching_answers"))


async def test_a_preview_tells_what_the_job_would_match(
    writing_app: WritingApp, pool: Pool, candidate_ids: list[UUID]
) -> None:
    body = GIVEN | {"limit": 5, "min_score": 40, "weights": None}
    answer = await writing_app.ask(ANN, "POST", "/api/matching/preview", body)
    assert answer.status_code == 200
    command = writing_app.sent
    assert command == PreviewMatchesV1(
        command_id=command.command_id,
        actor=ANN.actor,
        posting=JobPosting(title="Engineer", description="Python on AWS.", required_skills=("Python",)),
        min_score=40.0,
        limit=5,
    )
    told = answer.json()
    assert (told["total_candidates"], told["required_skills"], told["preferred_skills"]) == (
        7,
        ["Python"],
        ["AWS"],
    )
    assert [each["candidate_id"] for each in told["matches"]] == list(map(str, candidate_ids[:2]))
    first = told["matches"][0]
    assert (first["candidate_name"], first["job_title"], first["match_score"]) == (
        "Ada Example",
        "Engineer",
        92.5,
    )
    assert first["match_explanation"].startswith("Excellent match: 2 of the 3 skills asked for")
    assert not {"match_id", "job_id", "viewed_by_recruiter"} & first.keys()
    assert await kept(pool) == 0


async def test_an_admins_preview_is_of_all(writing_app: WritingApp, candidate_ids: list[UUID]) -> None:
    answer = await writing_app.ask(ADMIN, "POST", "/api/matching/preview", GIVEN)
    assert [each["candidate_id"] for each in answer.json()["matches"]] == list(map(str, candidate_ids))


async def test_who_is_like_whom_is_told_of_the_callers_own(
    writing_app: WritingApp, pool: Pool, candidate_ids: list[UUID]
) -> None:
    path = f"/api/matching/candidates/{candidate_ids[0]}/similar?limit=3"
    answer = await writing_app.ask(ANN, "GET", path)
    assert answer.status_code == 200
    assert (writing_app.sent.candidate_id, writing_app.sent.limit) == (candidate_ids[0], 3)
    assert answer.json() == {
        "candidate_id": str(candidate_ids[0]),
        "similar": [
            {
                "candidate_id": str(candidate_ids[1]),
                "full_name": "Ada Example",
                "title": "Engineer",
                "location": "London",
                "similarity": 80.5,
                "shared_skills": ["Python", "SQL"],
            }
        ],
    }
    assert await kept(pool) == 0


async def test_strangers_and_candidates_are_told_nothing(
    writing_app: WritingApp, candidate_ids: list[UUID]
) -> None:
    path = f"/api/matching/candidates/{candidate_ids[0]}/similar"
    assert (await writing_app.ask(BEN, "GET", path)).status_code == 404
    assert (await writing_app.ask(PERSON, "GET", path)).status_code == 403
    assert (await writing_app.ask(PERSON, "POST", "/api/matching/preview", GIVEN)).status_code == 403
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize(
    "body",
    [
        {"title": "Engineer"},
        {"description": "Python"},
        GIVEN | {"limit": 101},
        GIVEN | {"min_score": -1},
        GIVEN | {"status": "open"},
        GIVEN | {"description": " "},
    ],
)
async def test_what_cannot_be_previewed_is_refused(
    writing_app: WritingApp, candidate_ids: list[UUID], body: Any
) -> None:
    assert (await writing_app.ask(ANN, "POST", "/api/matching/preview", body)).status_code == 400
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize("is_broker_away", [True, False])
async def test_while_nobody_can_answer_it_says_when_to_ask_again(
    writing_app: WritingApp, candidate_ids: list[UUID], is_broker_away: bool
) -> None:
    writing_app.ingest.is_away, writing_app.ingest.broker_is_away = True, is_broker_away
    writing_app.resources.settings = writing_app.settings.model_copy(update={"preview_wait_seconds": 0.01})
    for method, path, body in (
        ("POST", "/api/matching/preview", GIVEN),
        ("GET", f"/api/matching/candidates/{candidate_ids[0]}/similar", None),
    ):
        answer = await writing_app.ask(ANN, method, path, body)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0


async def test_what_the_matcher_rejects_is_answered_in_its_words(
    writing_app: WritingApp, candidate_ids: list[UUID]
) -> None:
    async def reject(connection: Connection, command: Any) -> None:
        rejection = Rejection(code="not_found", detail="There is no such candidate.")
        await tell(connection, MatchingSettledV1(command_id=command.command_id, rejection=rejection))

    writing_app.ingest.effect = reject
    path = f"/api/matching/candidates/{candidate_ids[0]}/similar"
    answer = await writing_app.ask(ANN, "GET", path)
    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such candidate."})


async def test_an_answer_is_not_kept_for_its_idempotency_key(
    writing_app: WritingApp, pool: Pool, candidate_ids: list[UUID]
) -> None:
    for _ in range(2):
        answer = await writing_app.ask(ANN, "POST", "/api/matching/preview", GIVEN, key="k")
        assert answer.status_code == 200
    assert len(writing_app.ingest.commands) == 2
    assert await pool.fetchval("SELECT count(*) FROM gateway.idempotency_keys") == 0


async def test_nothing_of_an_erased_candidate_is_in_an_answer_that_nobody_read(pool: Pool) -> None:
    ids = [an_id("ada"), an_id("bo")]
    erased = CandidateErasedV1(erasure=erasure("ada"))
    command = PreviewMatchesV1(
        command_id=uuid4(), actor=ANN.actor, posting=JobPosting(title="Engineer", description="x")
    )
    async with pool.acquire() as connection:
        await tell(connection, Matcher(ids).answer(command), erased)
        assert await kept(pool) == 0
        await tell(connection, Matcher(ids).answer(command))
        answer = await connection.fetchval("SELECT answer FROM matching_answers")
    assert [each["candidate_id"] for each in answer["matches"]] == [str(an_id("bo"))]


async def test_an_answer_that_nobody_reads_is_soon_forgotten(pool: Pool) -> None:
    command = PreviewMatchesV1(
        command_id=uuid4(), actor=ANN.actor, posting=JobPosting(title="Engineer", description="x")
    )
    async with pool.acquire() as connection:
        await tell(connection, Matcher([an_id("ada")]).answer(command))
        await forget_unread(connection)
        assert await kept(pool) == 1
        await connection.execute("UPDATE matching_answers SET at = at - interval '3 minutes'")
        await forget_unread(connection)
    assert await kept(pool) == 0
