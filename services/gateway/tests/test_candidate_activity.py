"""What was done with a candidate, who reads of it, and what of it an export has."""

from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from reading_app import ReadingApp
from shown_rows import NOW, add_access, add_activity, add_candidate, add_resume, insert, share

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.resume_data import Evidence, ResumeData
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.detail import activities, export

ANN, BEN, CAT = (Principal(user_id=uuid4(), role="recruiter") for _ in range(3))
ADMIN = Principal(user_id=uuid4(), role="admin")


async def log(connection: Connection, candidate_id: UUID, merged_id: UUID) -> None:
    """Of a candidate of Ann's, shared with Ben and Cat: a day for each."""
    told = [
        ("resume_added", None, {}),
        ("note_added", ANN, {"is_private": True, "note_id": uuid4()}),
        ("viewed", BEN, {}),
        ("submitted", ANN, {"recruiter_id": BEN.user_id, "job_id": uuid4()}),
        ("shared", ADMIN, {"recruiter_id": BEN.user_id}),
        ("shared", ADMIN, {"recruiter_id": CAT.user_id}),
        ("note_added", BEN, {"is_private": True}),
        ("merged", ADMIN, {"recruiter_id": BEN.user_id}),
        ("tags_added", ANN, {"tags": ["x"]}),
    ]
    for day, (kind, actor, columns) in enumerate(told):
        by = {"actor_user_id": actor.user_id, "actor_role": actor.role} if actor else {}
        await add_activity(
            connection,
            merged_id if kind == "tags_added" else candidate_id,
            kind,
            at=NOW + timedelta(days=day),
            **by,
            **columns,
        )


@pytest.fixture
async def candidate_id(pool: Pool) -> UUID:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=candidate_id)
        for who in (BEN, CAT):
            await share(connection, candidate_id, who.user_id)
        await log(connection, candidate_id, merged_id)
        await add_activity(connection, await add_candidate(connection, database_id=ANN.user_id), "viewed")
    return candidate_id


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        (ANN, "tags_added merged shared shared submitted viewed note_added resume_added"),
        (ADMIN, "tags_added merged shared shared submitted viewed resume_added"),
        (BEN, "note_added shared submitted viewed"),
        (CAT, "shared"),
    ],
)
async def test_owners_read_all_that_is_not_private_and_others_what_concerns_them(
    reading: ReadingApp, candidate_id: UUID, who: Principal, kinds: str
) -> None:
    answer = await reading.get(who, f"/candidates/{candidate_id}/activity")
    assert answer.status_code == 200, answer.text
    assert [each["kind"] for each in answer.json()] == kinds.split()
    assert answer.headers["X-Total-Count"] == str(len(kinds.split()))
    assert answer.headers["Cache-Control"] == "private, no-cache"


async def test_an_activity_says_who_did_what_and_when(reading: ReadingApp, candidate_id: UUID) -> None:
    listed = await reading.read(ANN, f"/candidates/{candidate_id}/activity")
    assert listed[0]["actor"] == {"user_id": str(ANN.user_id), "role": "recruiter"}
    assert (listed[0]["tags"], listed[0]["at"]) == (["x"], "2026-03-09T12:00:00Z")
    assert listed[2]["recruiter_id"] == str(CAT.user_id)
    assert listed[-1]["actor"] is None


async def test_activities_come_in_pages(
    reading: ReadingApp, candidate_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/candidates/{candidate_id}/activity"
    whole = await reading.read(ANN, path)
    pages = [await reading.read(ANN, path, {"skip": skip, "limit": 3}) for skip in (0, 3, 6)]
    assert [each for page in pages for each in page] == whole
    assert (await reading.get(ANN, path, {"limit": 101})).status_code == 400
    monkeypatch.setattr(activities, "COUNTED", 5)
    answer = await reading.get(ANN, path)
    assert answer.headers["X-Total-Count-Estimated"] == "true"


async def test_an_export_has_the_candidate_the_parsed_data_and_the_activities(
    reading: ReadingApp, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 3)
    done, failed = uuid4(), uuid4()
    data = ResumeData(full_name="Ada Example", evidence={"/full_name": Evidence(confidence=1.0)})
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, resume_ids=[done, failed])
        await add_resume(connection, owner=ANN.user_id, resume_id=done, data=msgspec.to_builtins(data))
        await add_resume(connection, owner=ANN.user_id, resume_id=failed, status="failed")
        await log(connection, candidate_id, candidate_id)
    answer = await reading.get(ANN, f"/candidates/{candidate_id}/export")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="candidate-{candidate_id}.json"'
    exported = msgspec.json.decode(answer.content, type=export.CandidateExport)
    assert exported.candidate.candidate_id == candidate_id
    assert [(each.resume_id, each.data) for each in exported.resumes] == [(done, data), (failed, None)]
    listed = await reading.read(ANN, f"/candidates/{candidate_id}/activity")
    assert answer.json()["activity"] == listed
    assert len(listed) == 8
    assert reading.recorded.reads == [("exported", ANN.user_id, candidate_id)]


async def test_admins_read_with_whom_a_candidate_is_shared(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=candidate_id)
        account = {"user_id": BEN.user_id, "email": "ben@mail.example", "password_hash": "x"}
        await insert(connection, "users", account | {"role": "recruiter", "status": "active"})
        await add_access(connection, candidate_id, BEN.user_id, share_reason="earlier")
        later = {"share_reason": "later", "can_download_resume": False, "granted_at": NOW + timedelta(days=1)}
        await add_access(connection, merged_id, BEN.user_id, **later)
        await add_access(connection, candidate_id, CAT.user_id, granted_by=ADMIN.user_id)
        await add_access(connection, candidate_id, uuid4(), is_revoked=True)
        await add_access(connection, await add_candidate(connection), uuid4())
    path = f"/admin/candidates/{merged_id}/shares"
    answer = await reading.get(ADMIN, path)
    assert answer.headers["X-Total-Count"] == "2"
    first, second = answer.json()
    assert (first["recruiter_id"], first["email"]) == (str(BEN.user_id), "ben@mail.example")
    assert (first["share_reason"], first["can_download_resume"]) == ("later", False)
    assert (second["recruiter_id"], second["email"]) == (str(CAT.user_id), None)
    assert (second["granted_by"], second["granted_at"]) == (str(ADMIN.user_id), "2026-03-01T12:00:00Z")
    assert await reading.read(ADMIN, path, {"skip": 1, "limit": 1}) == [second]
    assert (await reading.get(ANN, path)).status_code == 403
    assert (await reading.get(ADMIN, f"/admin/candidates/{uuid4()}/shares")).status_code == 404
