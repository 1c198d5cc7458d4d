"""Jobs are posted by recruiters and admins, read by everybody while they are open, and changed by their
owners."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from told import NOW, tell
from told_by_matcher import BACKEND, job
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.job_state import JobPosting, JobState, MatchWeights
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")
GIVEN = {
    "title": "Backend Engineer",
    "company_name": "Tech Startup Inc",
    "location": "Berlin",
    "remote": True,
    "description": "Python on AWS.",
    "required_skills": ["Python"],
    "preferred_skills": ["AWS"],
    "min_years": 3,
    "max_years": 8,
    "education_level": "bachelor",
    "weights": {"skill": 1, "experience": 1},
}


async def matcher(connection: Connection, command: Any) -> None:
    """What the matcher tells of a command."""
    match command:
        case PostJobV1():
            state = JobState(
                job_id=command.job_id,
                version=1,
                owner_user_id=command.actor.user_id,
                database_id=command.actor.database_id,
                posting=command.posting,
                status=command.status,
                created_at=NOW,
                updated_at=NOW,
            )
            await tell(connection, JobPostedV1(job=state))
        case ChangeJobV1():
            row = await connection.fetchrow("SELECT * FROM jobs WHERE job_id = $1", command.job_id)
            assert row is not None
            state = JobState(
                job_id=command.job_id,
                version=row["version"] + 1,
                owner_user_id=row["owner_user_id"],
                database_id=row["database_id"],
                posting=command.posting,
                status=command.status,
                created_at=NOW,
                updated_at=NOW,
            )
            await tell(connection, JobUpdatedV1(job=state))
        case DeleteJobV1():
            await tell(connection, JobDeletedV1(job_id=command.job_id))


@pytest.fixture
def app(writing_app: WritingApp) -> WritingApp:
    writing_app.ingest.effect = matcher
    return writing_app


async def posted(pool: Pool, name: str, *, owner: Principal = ANN, **changes: Any) -> str:
    state = job(name, owner=owner.actor, **changes)
    async with pool.acquire() as connection:
        await tell(connection, JobPostedV1(job=state))
    return str(state.job_id)


@pytest.mark.parametrize("who", [ANN, ADMIN], ids=["recruiter", "admin"])
async def test_a_job_is_posted_and_answered_whole(app: WritingApp, who: Principal) -> None:
    answer = await app.ask(who, "POST", "/api/jobs", GIVEN)
    assert answer.status_code == 201
    told = answer.json()
    assert UUID(told.pop("job_id")) == app.sent.job_id
    assert told == GIVEN | {
        "weights": {"skill": 0.5, "experience": 0.5, "education": 0.0, "location": 0.0},
        "status": "open",
        "owner_user_id": str(who.user_id),
        "created_at": "2026-03-01T12:00:00Z",
        "updated_at": "2026-03-01T12:00:00Z",
    }
    assert app.sent == PostJobV1(
        command_id=app.sent.command_id,
        actor=who.actor,
        job_id=app.sent.job_id,
        posting=JobPosting(
            title="Backend Engineer",
            company_name="Tech Startup Inc",
            location="Berlin",
            remote=True,
            description="Python on AWS.",
            required_skills=("Python",),
            preferred_skills=("AWS",),
            min_years=3,
            max_years=8,
            education_level="bachelor",
            weights=MatchWeights(skill=0.5, experience=0.5, education=0.0, location=0.0),
        ),
    )


async def test_candidates_post_no_jobs(app: WritingApp) -> None:
    assert (await app.ask(PERSON, "POST", "/api/jobs", GIVEN)).status_code == 403
    assert app.ingest.commands == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"min_years": 9}, "max_years: write as many as min_years"),
        ({"weights": {}}, "weights: let at least one part count"),
        ({"title": ""}, "title: write something"),
        ({"education_level": "phd"}, "education_level: one of none, high_school"),
        ({"salary": 1}, "salary: there is no such field"),
    ],
)
async def test_what_is_wrong_with_a_job_is_said(app: WritingApp, fields: dict[str, Any], words: str) -> None:
    answer = await app.ask(ANN, "POST", "/api/jobs", GIVEN | fields)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert app.ingest.commands == []


async def test_a_job_is_safe_while_the_matcher_is_away(app: WritingApp) -> None:
    app.without_ingest()
    answer = await app.ask(ANN, "POST", "/api/jobs", GIVEN)
    assert answer.status_code == 202
    assert answer.json()["job_id"] == str(app.sent.job_id)
    assert answer.json()["title"] == GIVEN["title"]


async def test_without_the_bus_nothing_is_posted(app: WritingApp) -> None:
    app.ingest.broker_is_away = True
    answer = await app.ask(ANN, "POST", "/api/jobs", GIVEN)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


async def test_a_request_that_is_tried_again_with_its_key_posts_one_job(app: WritingApp) -> None:
    answers = [await app.ask(ANN, "POST", "/api/jobs", GIVEN, key="k") for _ in range(2)]
    assert answers[0].status_code == answers[1].status_code == 201
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["job_id"] == str(app.sent.job_id)


@pytest.mark.parametrize("who", [ANN, BEN, PERSON, ADMIN], ids=["owner", "recruiter", "candidate", "admin"])
async def test_everybody_reads_an_open_job(app: WritingApp, pool: Pool, who: Principal) -> None:
    job_id = await posted(pool, "open")
    answer = await app.ask(who, "GET", f"/api/jobs/{job_id}")
    assert (answer.status_code, answer.json()["title"]) == (200, BACKEND.title)


@pytest.mark.parametrize(
    ("who", "status"),
    [(ANN, 200), (ADMIN, 200), (BEN, 404), (PERSON, 404)],
    ids=["owner", "admin", "recruiter", "candidate"],
)
async def test_a_closed_job_is_there_for_its_owner_and_admins(
    app: WritingApp, pool: Pool, who: Principal, status: int
) -> None:
    job_id = await posted(pool, "closed", status="closed")
    answer = await app.ask(who, "GET", f"/api/jobs/{job_id}")
    assert answer.status_code == status
    if status == 404:
        unknown = await app.ask(who, "GET", f"/api/jobs/{uuid4()}")
        assert answer.json() == unknown.json()


async def test_who_is_a_recruiter_no_more_owns_no_job(app: WritingApp, pool: Pool) -> None:
    job_id = await posted(pool, "closed", status="closed")
    former = msgspec.structs.replace(ANN, role="candidate")
    assert (await app.ask(former, "GET", f"/api/jobs/{job_id}")).status_code == 404
    assert (await app.ask(former, "GET", "/api/jobs")).json() == []
    assert (await app.ask(former, "GET", "/api/jobs?mine=true")).json() == []


async def test_jobs_are_listed_the_newest_first_to_who_may_know_of_them(app: WritingApp, pool: Pool) -> None:
    names = {
        await posted(pool, "old"): "old",
        await posted(pool, "new", owner=BEN, created_at=NOW.replace(day=2)): "new",
        await posted(pool, "closed", status="closed", created_at=NOW.replace(day=3)): "closed",
    }

    async def listed(who: Principal, query: str = "") -> list[str]:
        answer = await app.ask(who, "GET", f"/api/jobs{query}")
        assert answer.status_code == 200
        found = [names[each["job_id"]] for each in answer.json()]
        assert answer.headers["X-Total-Count"] == str(len(found))
        return found

    assert await listed(ANN) == ["closed", "new", "old"]
    assert await listed(ADMIN) == ["closed", "new", "old"]
    assert await listed(BEN) == ["new", "old"]
    assert await listed(PERSON) == ["new", "old"]
    assert await listed(ANN, "?mine=true") == ["closed", "old"]
    assert await listed(ANN, "?mine=true&status=open") == ["old"]
    assert await listed(BEN, "?status=closed") == []
    assert await listed(ADMIN, "?mine=true") == []


async def test_pages_of_jobs_lead_to_each_other(app: WritingApp, pool: Pool) -> None:
    for number in range(5):
        await posted(pool, f"job {number}", created_at=NOW.replace(day=number + 1))
    answer = await app.ask(ANN, "GET", "/api/jobs?skip=2&limit=2")
    assert (len(answer.json()), answer.headers["X-Total-Count"]) == (2, "5")
    assert answer.headers["Link"] == (
        '</api/jobs?limit=2&skip=0>; rel="prev", </api/jobs?limit=2&skip=4>; rel="next"'
    )
    beyond = await app.ask(ANN, "GET", "/api/jobs?skip=5")
    assert (beyond.json(), beyond.headers["X-Total-Count"]) == ([], "5")


@pytest.mark.parametrize("who", [ANN, ADMIN], ids=["owner", "admin"])
async def test_a_job_is_changed_as_a_whole(app: WritingApp, pool: Pool, who: Principal) -> None:
    job_id = await posted(pool, "closed", status="closed")
    answer = await app.ask(who, "PUT", f"/api/jobs/{job_id}", {"title": "Nurse"})
    assert answer.status_code == 200
    assert (answer.json()["title"], answer.json()["required_skills"]) == ("Nurse", [])
    assert answer.json()["owner_user_id"] == str(ANN.user_id)
    assert answer.json()["status"] == "closed", "it is opened only by saying so"
    answer = await app.ask(who, "PUT", f"/api/jobs/{job_id}", {"title": "Nurse", "status": "open"})
    assert answer.json()["status"] == "open"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_others_change_no_job(app: WritingApp, pool: Pool, method: str) -> None:
    open_id, closed_id = await posted(pool, "open"), await posted(pool, "closed", status="closed")
    body = {"title": "Mine now"} if method == "PUT" else None
    for who in (BEN, PERSON):
        assert (await app.ask(who, method, f"/api/jobs/{open_id}", body)).status_code == 403
        assert (await app.ask(who, method, f"/api/jobs/{closed_id}", body)).status_code == 404
        assert (await app.ask(who, method, f"/api/jobs/{uuid4()}", body)).status_code == 404
    assert app.ingest.commands == []


async def test_a_deleted_job_is_gone(app: WritingApp, pool: Pool) -> None:
    job_id = await posted(pool, "open")
    answer = await app.ask(ANN, "DELETE", f"/api/jobs/{job_id}")
    assert (answer.status_code, answer.json()) == (200, {"message": "Job deleted successfully"})
    assert (await app.ask(ANN, "GET", f"/api/jobs/{job_id}")).status_code == 404


async def test_what_the_matcher_rejects_is_answered_in_its_words(app: WritingApp, pool: Pool) -> None:
    job_id = await posted(pool, "open")
    app.ingest.rejection = Rejection(code="conflict", detail="It was deleted meanwhile.")
    answer = await app.ask(ANN, "PUT", f"/api/jobs/{job_id}", {"title": "Nurse"})
    assert (answer.status_code, answer.json()) == (409, {"detail": "It was deleted meanwhile."})
