"""Who reads a resume's status, data and file, and what of them where the candidate is shared."""

from uuid import UUID, uuid4

import msgspec
import pytest
from reading_app import ReadingApp
from shown_rows import add_candidate, add_resume, insert, share

from hotgigs.chassis.database import Pool
from hotgigs.contracts.resume_data import Evidence, Experience, ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID, StoredFile
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
PERSON = Principal(user_id=uuid4(), role="candidate")
ADMIN = Principal(user_id=uuid4(), role="admin")
PATHS = ("status", "data", "download", "events")
SECRETS = ("7946", "ada@")
DATA = ResumeData(
    full_name="Ada Example",
    email="ada@mail.example",
    phone="+442079460123",
    summary="Call 020 7946 0123 or ada@mail.example",
    experience=(Experience(title="Engineer", achievements=("Answered ada@mail.example",)),),
    evidence={
        "/email": Evidence(confidence=1.0, text="ada@mail.example"),
        "/full_name": Evidence(confidence=1.0, text="Ada Example ada@mail.example"),
    },
)


@pytest.fixture
async def candidate_id(pool: Pool) -> UUID:
    """Of Ann's database."""
    async with pool.acquire() as connection:
        return await add_candidate(connection, database_id=ANN.user_id)


@pytest.fixture
async def resume_id(reading: ReadingApp, pool: Pool, candidate_id: UUID) -> UUID:
    """The candidate's, which somebody else has put into Ann's database."""
    file = StoredFile(blob_key="resumes/1", media_type="application/pdf", size_bytes=4, sha256="00")
    await reading.blobs.put_async("resumes/1", b"%PDF")
    async with pool.acquire() as connection:
        return await add_resume(
            connection,
            owner=uuid4(),
            database_id=ANN.user_id,
            candidate_id=candidate_id,
            file=msgspec.to_builtins(file),
            data=msgspec.to_builtins(DATA),
        )


@pytest.mark.parametrize("path", PATHS)
async def test_the_database_s_recruiter_and_admins_read_a_resume_and_strangers_do_not(
    reading: ReadingApp, resume_id: UUID, path: str
) -> None:
    codes = [
        (await reading.get(who, f"/{resume_id}/{path}")).status_code for who in (ANN, ADMIN, BEN, PERSON)
    ]
    assert codes == [200, 200, 404, 404]


@pytest.mark.parametrize("path", PATHS)
async def test_people_do_not_read_what_others_put_into_the_master_database(
    reading: ReadingApp, pool: Pool, resume_id: UUID, path: str
) -> None:
    async with pool.acquire() as connection:
        await connection.execute("UPDATE resumes SET database_id = $1", MASTER_DATABASE_ID)
    assert (await reading.get(PERSON, f"/{resume_id}/{path}")).status_code == 404


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("source", ["resume_import", "candidate_upload"])
async def test_who_was_a_recruiter_does_not_read_what_he_uploaded_until_he_is_one_again(
    reading: ReadingApp, pool: Pool, resume_id: UUID, path: str, source: str
) -> None:
    async with pool.acquire() as connection:
        await connection.execute("UPDATE resumes SET owner_user_id = $1, source = $2", ANN.user_id, source)
    roles = [Principal(user_id=ANN.user_id, role=role) for role in ("recruiter", "candidate", "recruiter")]
    codes = [(await reading.get(who, f"/{resume_id}/{path}")).status_code for who in roles]
    assert codes == [200, 404, 200]


@pytest.mark.parametrize("path", PATHS)
async def test_who_was_an_admin_does_not_read_what_he_put_into_the_master_database(
    reading: ReadingApp, pool: Pool, resume_id: UUID, path: str
) -> None:
    async with pool.acquire() as connection:
        await connection.execute(
            "UPDATE resumes SET owner_user_id = $1, database_id = $2", ADMIN.user_id, MASTER_DATABASE_ID
        )
    roles = [Principal(user_id=ADMIN.user_id, role=role) for role in ("admin", "recruiter", "candidate")]
    codes = [(await reading.get(who, f"/{resume_id}/{path}")).status_code for who in roles]
    assert codes == [200, 404, 404]


@pytest.mark.parametrize("path", PATHS)
async def test_people_read_what_they_uploaded_themselves_whatever_they_become(
    reading: ReadingApp, pool: Pool, resume_id: UUID, path: str
) -> None:
    async with pool.acquire() as connection:
        await connection.execute(
            "UPDATE resumes SET owner_user_id = $1, database_id = $2, source = 'candidate_upload'",
            PERSON.user_id,
            MASTER_DATABASE_ID,
        )
    roles = [PERSON, Principal(user_id=PERSON.user_id, role="recruiter")]
    codes = [(await reading.get(who, f"/{resume_id}/{path}")).status_code for who in roles]
    assert codes == [200, 200]


async def test_whom_the_candidate_is_shared_with_reads_the_resume(
    reading: ReadingApp, pool: Pool, candidate_id: UUID, resume_id: UUID
) -> None:
    async with pool.acquire() as connection:
        await share(connection, candidate_id, BEN.user_id)
    assert (await reading.read(BEN, f"/{resume_id}/status"))["status"] == "completed"
    assert (await reading.read(BEN, f"/{resume_id}/data"))["email"] == "ada@mail.example"
    answer = await reading.get(BEN, f"/{resume_id}/download")
    assert (answer.status_code, answer.content) == (200, b"%PDF")
    assert reading.recorded.reads == [("downloaded", BEN.user_id, candidate_id, resume_id)]


async def test_a_share_that_is_for_a_candidate_that_was_merged_counts_for_the_whole(
    reading: ReadingApp, pool: Pool, candidate_id: UUID, resume_id: UUID
) -> None:
    async with pool.acquire() as connection:
        survivor_id = await add_candidate(connection, database_id=ANN.user_id)
        await connection.execute(
            "UPDATE candidates SET survivor_id = $1 WHERE candidate_id = $2", survivor_id, candidate_id
        )
        await connection.execute("DELETE FROM entries WHERE candidate_id = $1", candidate_id)
        await share(connection, survivor_id, BEN.user_id)
    assert (await reading.get(BEN, f"/{resume_id}/status")).status_code == 200


async def test_where_the_contact_is_hidden_it_is_hidden_in_the_data_and_the_file_is_refused(
    reading: ReadingApp, pool: Pool, candidate_id: UUID, resume_id: UUID
) -> None:
    async with pool.acquire() as connection:
        hidden = {"can_view_contact_info": False, "can_download_resume": False}
        await share(connection, candidate_id, BEN.user_id, **hidden)
    for params in ({}, {"evidence": "true"}, {"format": "jsonresume"}):
        answer = await reading.get(BEN, f"/{resume_id}/data", params)
        assert answer.status_code == 200
        assert "Ada Example" in answer.text
        assert not [secret for secret in SECRETS if secret in answer.text]
    data = await reading.read(BEN, f"/{resume_id}/data", {"evidence": "true"})
    assert (data["resume_id"], data["email"]) == (str(resume_id), None)
    assert data["evidence"].keys() == {"/full_name"}
    refused = await reading.get(BEN, f"/{resume_id}/download")
    assert refused.status_code == 403
    assert "contact" in refused.json()["detail"]
    assert reading.recorded.reads == []


async def test_a_file_is_refused_where_the_share_does_not_allow_to_download_it(
    reading: ReadingApp, pool: Pool, candidate_id: UUID, resume_id: UUID
) -> None:
    async with pool.acquire() as connection:
        await share(connection, candidate_id, BEN.user_id, can_download_resume=False)
    refused = await reading.get(BEN, f"/{resume_id}/download")
    assert refused.status_code == 403
    assert "without the file" in refused.json()["detail"]
    assert (await reading.read(BEN, f"/{resume_id}/data"))["email"] == "ada@mail.example"


async def test_people_read_their_own_resume_and_that_is_not_in_the_activity_log(
    reading: ReadingApp, pool: Pool, resume_id: UUID
) -> None:
    async with pool.acquire() as connection:
        await connection.execute(
            "UPDATE resumes SET owner_user_id = $1, database_id = $2, source = 'candidate_upload'",
            PERSON.user_id,
            MASTER_DATABASE_ID,
        )
    for path in PATHS:
        assert (await reading.get(PERSON, f"/{resume_id}/{path}")).status_code == 200
    assert reading.recorded.reads == []


async def test_a_batch_is_not_read_by_whom_its_candidates_are_shared_with(
    reading: ReadingApp, pool: Pool, candidate_id: UUID, resume_id: UUID
) -> None:
    batch_id = uuid4()
    async with pool.acquire() as connection:
        batch = {"batch_id": batch_id, "owner_user_id": ANN.user_id}
        await insert(connection, "batches", batch | {"created_at": await connection.fetchval("SELECT now()")})
        await connection.execute(
            "UPDATE resumes SET batch_id = $1, owner_user_id = $2", batch_id, ANN.user_id
        )
        await share(connection, candidate_id, BEN.user_id)
    once_ann = Principal(user_id=ANN.user_id, role="candidate")
    everybody = (ANN, ADMIN, BEN, once_ann)
    codes = [(await reading.get(who, f"/batches/{batch_id}")).status_code for who in everybody]
    assert codes == [200, 200, 404, 404]


async def test_parsed_data_that_has_not_changed_is_not_sent_again(
    reading: ReadingApp, resume_id: UUID
) -> None:
    first = await reading.get(ANN, f"/{resume_id}/data")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = await reading.get(ANN, f"/{resume_id}/data", etag=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert (await reading.get(ANN, f"/{resume_id}/status")).headers["Cache-Control"] == "private, no-store"
