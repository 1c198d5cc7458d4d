"""The matcher's handlers at work on a real database, without a bus: what it asks itself to do is done when a
test says so."""

import hashlib
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import msgspec
import numpy as np
from support.handling import Handling, M

from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.job_state import JobPosting, JobStatus
from hotgigs.contracts.match_state import Match
from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.contracts.matcher.job_run_requested import JobRunRequestedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.embeddings import DIMENSIONS, Vectors
from hotgigs.matcher import on_candidate_run_requested, on_job_run_requested
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.on_candidate_added import on_candidate_added
from hotgigs.matcher.on_candidate_updated import on_candidate_updated
from hotgigs.matcher.on_change_job import on_change_job
from hotgigs.matcher.on_post_job import on_post_job
from hotgigs.matcher.resources import Resources
from hotgigs.matcher.shortlists import Rules

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 3, 1)
ADMIN = Actor(user_id=UUID(int=1), role="admin")


def recruiter(user_id: UUID | None = None) -> Actor:
    return Actor(user_id=user_id or uuid4(), role="recruiter")


def word_vectors(texts: Sequence[str]) -> Vectors:
    """In place of the model: texts with the same words are near each other. The same bits in any company."""
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in enumerate(texts):
        for word, count in Counter(re.findall(r"\w+", text.lower())).items():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
            vectors[row] += count * np.random.default_rng(seed).standard_normal(DIMENSIONS)
        length = float(np.linalg.norm(vectors[row]))
        vectors[row] /= length or 1.0
        if not length:
            vectors[row, 0] = 1.0
    return vectors


def profile(title: str = "Python Developer", *skills: str, years: int = 5) -> CandidateProfile:
    """Of somebody who has worked with the skills until now."""
    names = skills or ("Python", "PostgreSQL")
    return CandidateProfile(
        full_name="Ada Example",
        email="ada@mail.example",
        phone="+15550100",
        location="Berlin, Germany",
        title=title,
        experience=(
            Experience(
                title=title,
                company="Example",
                start_date=f"{TODAY.year - years}-01",
                current=True,
                description=f"Works with {', '.join(names)}.",
            ),
        ),
        skills=tuple(Skill(name=name, canonical=name) for name in names),
        total_experience_years=float(years),
    )


def posting(title: str = "Python Developer", *skills: str, **fields: object) -> JobPosting:
    return msgspec.structs.replace(
        JobPosting(
            title=title,
            location="Berlin, Germany",
            description=f"We look for a {title}.",
            required_skills=skills or ("Python", "PostgreSQL"),
        ),
        **fields,
    )


def state(
    database_id: UUID,
    candidate_id: UUID | None = None,
    *,
    version: int = 1,
    of: CandidateProfile | None = None,
) -> CandidateState:
    id_ = candidate_id or uuid4()
    return CandidateState(
        candidate_id=id_,
        version=version,
        database_id=database_id,
        source="resume_import",
        added_at=NOW,
        updated_at=NOW,
        survivor_id=id_,
        profile=of or profile(),
    )


class Matcher(Handling):
    def __init__(self, pool: Pool, rules: Rules) -> None:
        super().__init__(pool, "matcher")
        self.requested: list[Message] = []
        self.resources = Resources(
            matching=Matching(
                units_of_work=self.units_of_work,
                threads=ThreadPoolExecutor(4),
                embed=word_vectors,
                model="words",
                rules=rules,
                today=lambda: TODAY,
            ),
            jobs_at_once=1,
            candidates_at_once=1,
        )

    async def told(self) -> list[Message]:
        """What was published since this was asked last; requests for runs are kept for `run`."""
        told = await super().told()
        requests = [each for each in told if isinstance(each, JobRunRequestedV1 | CandidateRunRequestedV1)]
        self.requested += requests
        return [each for each in told if each not in requests]

    async def does(
        self, handler: Callable[[M, UnitOfWork], Awaitable[None]], command: M
    ) -> tuple[MatchingSettledV1, list[Message]]:
        return await self.settled(MatchingSettledV1, self.handle(handler, command))

    async def work(self, request: Message) -> None:
        """One run, from its request to its record."""
        match request:
            case JobRunRequestedV1():
                found = await on_job_run_requested.work(request, self.resources)
                async with self.units_of_work.begin() as uow:
                    await on_job_run_requested.on_job_run_requested(request, found, uow)
            case CandidateRunRequestedV1():
                of_it = await on_candidate_run_requested.work(request, self.resources)
                async with self.units_of_work.begin() as uow:
                    await on_candidate_run_requested.on_candidate_run_requested(request, of_it, uow)

    async def run(self) -> list[Message]:
        """All runs that are asked for, until none is; what was told meanwhile."""
        told = await self.told()
        while self.requested:
            await self.work(self.requested.pop(0))
            told += await self.told()
        return told

    async def posts(self, actor: Actor, of: JobPosting | None = None, *, status: JobStatus = "open") -> UUID:
        command = PostJobV1(
            command_id=uuid4(), actor=actor, job_id=uuid4(), posting=of or posting(), status=status
        )
        await self.handle(on_post_job, command)
        return command.job_id

    async def changes(
        self, actor: Actor, job_id: UUID, of: JobPosting | None = None, *, status: JobStatus = "open"
    ) -> None:
        command = ChangeJobV1(
            command_id=uuid4(), actor=actor, job_id=job_id, posting=of or posting(), status=status
        )
        await self.handle(on_change_job, command)

    async def adds(self, *states: CandidateState) -> None:
        await self.handle_all(on_candidate_added, *(CandidateAddedV1(candidate=each) for each in states))

    async def updates(self, *states: CandidateState) -> None:
        await self.handle_all(on_candidate_updated, *(CandidateUpdatedV1(candidate=each) for each in states))

    async def pairs(self) -> dict[tuple[UUID, UUID], float]:
        """Scores of the matches that are kept, by job and candidate."""
        rows = await self.pool.fetch("SELECT job_id, candidate_id, score FROM matches")
        return {(row["job_id"], row["candidate_id"]): row["score"] for row in rows}

    async def count(self, table: str) -> int:
        count: int = await self.pool.fetchval(f"SELECT count(*) FROM {table}")
        return count


def matches_in(told: Sequence[Message]) -> list[Match]:
    return [match for each in told if isinstance(each, MatchesComputedV1) for match in each.matches]
