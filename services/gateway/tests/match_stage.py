"""A job and the candidates that match it, of several databases, for tests of what is shown of them."""

from typing import Any
from uuid import UUID, uuid4

from shown_rows import ADA, add_candidate, share
from told import NOW, tell
from told_by_matcher import computed, job, match
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.match_state import match_id_of
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.resume_data import Experience
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN, CLEO = (Principal(user_id=uuid4(), role="recruiter") for _ in range(3))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON, OTHER = (Principal(user_id=uuid4(), role="candidate") for _ in range(2))
PROFILE = CandidateProfile(
    full_name="Ada Example",
    email="ada@mail.example",
    location="Berlin",
    title="Senior Engineer",
    experience=(Experience(title="Engineer", company="Tech Corp", start_date="2020-01", current=True),),
)


class Stage:
    """Ann's job and her candidates ``own`` (92.5) and ``shared`` (75.0), which is Ben's too; Cleo's candidate
    ``hers`` (99.0); and the master database's ``persons`` (50.0), who has an account."""

    def __init__(self, app: WritingApp, pool: Pool) -> None:
        self.app = app
        self.pool = pool
        self.job_id = job("job").job_id
        self.own = self.shared = self.hers = self.persons = UUID(int=0)

    async def set(self) -> None:
        async with self.pool.acquire() as connection:
            await tell(connection, JobPostedV1(job=job("job", owner=ANN.actor)))
            self.own = await add_candidate(connection, database_id=ANN.user_id, profile=PROFILE)
            self.shared = await add_candidate(connection, database_id=ANN.user_id)
            self.hers = await add_candidate(connection, database_id=CLEO.user_id)
            self.persons = await add_candidate(connection, user_id=PERSON.user_id)
            await share(connection, self.shared, BEN.user_id, can_view_contact_info=False, profile=ADA)
            scores = {self.own: 92.5, self.shared: 75.0, self.hers: 99.0, self.persons: 50.0}
            await tell(
                connection,
                computed(
                    *(match(each, of=self.job_id, score=score, version=1) for each, score in scores.items())
                ),
            )

    async def read(self, who: Principal, path: str, status: int = 200) -> Any:
        answer = await self.app.ask(who, "GET", f"/api/matching{path}")
        assert answer.status_code == status, answer.text
        return answer.json()

    async def listed(self, who: Principal, query: str = "") -> list[UUID]:
        """The candidates that match the job."""
        found = await self.read(who, f"/jobs/{self.job_id}/matches{query}")
        return [UUID(each["candidate_id"]) for each in found["matches"]]

    def match_id(self, candidate_id: UUID) -> UUID:
        return match_id_of(self.job_id, candidate_id)


async def note_view(connection: Connection, command: ViewMatchV1) -> None:
    told = MatchViewedV1(
        job_id=command.job_id,
        candidate_id=command.candidate_id,
        database_id=command.actor.database_id,
        viewed_at=NOW,
    )
    await tell(connection, told)


async def is_viewed(stage: Stage, who: Principal, candidate_id: UUID) -> bool:
    found = await stage.read(who, f"/candidates/{candidate_id}/matches")
    return bool(found["matches"][0]["viewed_by_recruiter"])
