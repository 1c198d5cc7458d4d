"""GET /api/resumes/candidates/{candidate_id}: one candidate, as the caller may see it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from reading_app import ReadingApp
from shown_rows import (
    ADA,
    NOW,
    add_access,
    add_candidate,
    add_note,
    add_resume,
    insert,
    share,
)

from hotgigs.chassis.database import Pool
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, ResumeData, Skill
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.detail import store

ANN, BEN, CAT = (Principal(user_id=uuid4(), role="recruiter") for _ in range(3))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")
WHOLE = CandidateProfile(
    full_name="Ada Example",
    email="ada@mail.example",
    phone="+442079460123",
    location="London",
    title="Engineer",
    current_company="Example Works",
    summary="Builds engines.",
    ai_summary="An engineer who builds engines.",
    experience=(Experience(title="Engineer", company="Example Works", start_date="2020", end_date="2021"),),
    education=(Education(degree="BSc"),),
    skills=(Skill(name="engineer", category="craft", proficiency="expert"), Skill(name="SQL")),
    top_skills=("SQL",),
    certifications=(Certification(name="Chartered"),),
    languages=(Language(name="English"),),
    total_experience_years=2.0,
)


def at(candidate_id: UUID, below: str = "") -> str:
    return f"/candidates/{candidate_id}{below}"


async def test_an_owner_is_shown_all_of_a_candidate(reading: ReadingApp, pool: Pool) -> None:
    first, second = uuid4(), uuid4()
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(
            connection,
            database_id=ANN.user_id,
            profile=WHOLE,
            resume_ids=[second, first],
            edited=["title"],
            tags=["senior"],
        )
        await add_resume(connection, owner=ANN.user_id, resume_id=first, status="failed", filename="old.pdf")
        await add_resume(connection, owner=ANN.user_id, resume_id=second, received_at=NOW - timedelta(days=1))
        note_id = await add_note(connection, candidate_id, author=ANN.user_id, is_important=True)
        viewed = {"database_id": ANN.user_id, "candidate_id": candidate_id, "last_viewed_at": NOW}
        await insert(connection, "views", viewed)
    answer = await reading.get(ANN, at(candidate_id))
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown.pop("experience")[0]["company"] == "Example Works"
    assert shown.pop("education")[0]["degree"] == "BSc"
    assert shown.pop("certifications")[0]["name"] == "Chartered"
    assert shown.pop("languages")[0]["name"] == "English"
    assert shown == {
        "candidate_id": str(candidate_id),
        "user_id": None,
        "full_name": "Ada Example",
        "email": "ada@mail.example",
        "phone": "+442079460123",
        "title": "Engineer",
        "location": "London",
        "bio": "Builds engines.",
        "years_of_experience": 2.0,
        "current_company": "Example Works",
        "current_position": "Engineer",
        "professional_summary": "An engineer who builds engines.",
        "skills": [
            {
                "name": "engineer",
                "canonical": None,
                "category": "craft",
                "proficiency": "expert",
                "years": 2.0,
            },
            {"name": "SQL", "canonical": None, "category": None, "proficiency": None, "years": None},
        ],
        "top_skills": ["SQL"],
        "resume_url": f"http://gateway.example/api/resumes/{second}/download",
        "resumes": [
            {
                "resume_id": str(second),
                "filename": "cv.pdf",
                "status": "completed",
                "received_at": "2026-02-28T12:00:00Z",
                "is_leading": True,
            },
            {
                "resume_id": str(first),
                "filename": "old.pdf",
                "status": "failed",
                "received_at": "2026-03-01T12:00:00Z",
                "is_leading": False,
            },
        ],
        "added_at": "2026-03-01T12:00:00Z",
        "last_viewed_at": "2026-03-01T12:00:00Z",
        "source": "resume_import",
        "tags": ["senior"],
        "notes": [
            {
                "id": str(note_id),
                "title": "A note",
                "content": "Good.",
                "is_important": True,
                "is_private": False,
                "author_user_id": str(ANN.user_id),
                "created_at": "2026-03-01T12:00:00Z",
            }
        ],
        "edited": ["title"],
        "permissions": {
            "can_view_contact_info": True,
            "can_download_resume": True,
            "can_submit_to_jobs": True,
            "can_edit": True,
        },
        "shared": None,
        "possible_duplicates": [],
        "merged_ids": [],
    }
    assert reading.recorded.reads == [("viewed", ANN.user_id, candidate_id)]


async def test_strangers_are_told_that_there_is_no_such_candidate(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        await share(connection, candidate_id, CAT.user_id)
    unknown = await reading.get(BEN, at(uuid4()))
    for who in (BEN, PERSON):
        for below in ("", "/export"):
            answer = await reading.get(who, at(candidate_id, below))
            assert (answer.status_code, answer.json()) == (404, unknown.json())
    assert (await reading.get(BEN, at(candidate_id, "/activity"))).status_code == 404
    assert reading.recorded.reads == []


async def test_where_the_contact_is_hidden_no_text_tells_it(reading: ReadingApp, pool: Pool) -> None:
    resume_id = uuid4()
    told = "Call 020 7946 0123, or write to ada@mail.example or to ada.private@mail.example, please"
    hidden = msgspec.structs.replace(WHOLE, email=None, phone=None)
    other = ResumeData(full_name="Ada Example", phone="020 7946 0999", email="ada.private@mail.example")
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(
            connection, database_id=ANN.user_id, profile=WHOLE, resume_ids=[resume_id]
        )
        await add_resume(
            connection,
            owner=ANN.user_id,
            resume_id=resume_id,
            candidate_id=candidate_id,
            filename="ada@mail.example.pdf",
            data=msgspec.to_builtins(other),
        )
        await share(
            connection,
            candidate_id,
            BEN.user_id,
            profile=hidden,
            can_view_contact_info=False,
            can_download_resume=False,
        )
        await add_access(
            connection, candidate_id, BEN.user_id, share_reason="A good one", share_notes=f"{told} 79460999"
        )
        await add_note(connection, candidate_id, author=ANN.user_id, title=told, content=told)
        own = await add_note(connection, candidate_id, author=BEN.user_id, content="I have 020 7946 0123.")
    shown = await reading.read(BEN, at(candidate_id))
    by_id: dict[str, Any] = {note["id"]: note for note in shown["notes"]}
    assert by_id.pop(str(own))["content"] == "I have 020 7946 0123."
    (note,) = by_id.values()
    assert note["title"] == note["content"] == "Call [hidden], or write to [hidden] or to [hidden], please"
    assert shown["shared"]["reason"] == "A good one"
    assert shown["shared"]["at"] == "2026-03-01T12:00:00Z"
    assert (shown["email"], shown["phone"], shown["resume_url"]) == (None, None, None)
    assert shown["resumes"][0]["filename"] is None
    assert shown["permissions"] == {
        "can_view_contact_info": False,
        "can_download_resume": False,
        "can_submit_to_jobs": True,
        "can_edit": False,
    }
    exported = (await reading.get(BEN, at(candidate_id, "/export"))).text.replace("I have 020 7946 0123.", "")
    for secret in ("7946", "ada@", "ada.private", "0999"):
        assert secret not in str(shown).replace("I have 020 7946 0123.", "")
        assert secret not in exported


async def test_private_notes_are_their_author_s_alone(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        await share(connection, candidate_id, BEN.user_id)
        for who in (ANN, BEN, ADMIN):
            for is_private in (True, False):
                await add_note(
                    connection, candidate_id, author=who.user_id, is_private=is_private, title=who.role
                )
    for who in (ANN, BEN, ADMIN):
        notes = (await reading.read(who, at(candidate_id)))["notes"]
        private = [note["author_user_id"] for note in notes if note["is_private"]]
        assert (len(notes), private) == (4, [str(who.user_id)])


async def test_tags_are_those_of_the_viewer_s_database_and_admins_see_the_candidate_s_own(
    reading: ReadingApp, pool: Pool
) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, tags=["of ann"])
        await share(connection, candidate_id, BEN.user_id, tags=["of ben"])
    shown = [(await reading.read(who, at(candidate_id)))["tags"] for who in (ANN, BEN, ADMIN)]
    assert shown == [["of ann"], ["of ben"], ["of ann"]]


async def test_a_merged_candidate_is_answered_with_what_it_was_merged_into_and_all_that_both_have(
    reading: ReadingApp, pool: Pool
) -> None:
    merged_id = uuid4()
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, merged_ids=[merged_id])
        await add_candidate(
            connection, database_id=ANN.user_id, candidate_id=merged_id, survivor_id=candidate_id
        )
        await add_note(connection, merged_id, author=ANN.user_id, title="earlier")
        await add_note(
            connection, candidate_id, author=ANN.user_id, title="later", created_at=NOW + timedelta(days=1)
        )
        await share(connection, candidate_id, BEN.user_id)
        await add_access(connection, merged_id, BEN.user_id, share_reason="newest", granted_at=NOW)
        await add_access(
            connection, candidate_id, BEN.user_id, share_reason="older", granted_at=NOW - timedelta(days=1)
        )
    shown = await reading.read(ANN, at(merged_id))
    assert (shown["candidate_id"], shown["merged_ids"]) == (str(candidate_id), [str(merged_id)])
    assert [note["title"] for note in shown["notes"]] == ["later", "earlier"]
    assert (await reading.read(BEN, at(merged_id)))["shared"]["reason"] == "newest"


async def test_possible_duplicates_are_those_of_the_same_database_and_for_its_owner_alone(
    reading: ReadingApp, pool: Pool
) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        same_mail = await add_candidate(
            connection, database_id=ANN.user_id, phone_key=None, name_key="a", added_at=NOW
        )
        same_phone = await add_candidate(connection, database_id=ANN.user_id, email_key=None)
        await add_candidate(connection, database_id=ANN.user_id, email_key=None, name_key="else")
        await add_candidate(connection, database_id=ANN.user_id, survivor_id=same_mail)
        await add_candidate(connection, database_id=BEN.user_id)
        await share(connection, candidate_id, CAT.user_id)
    for who in (ANN, ADMIN):
        found = (await reading.read(who, at(candidate_id)))["possible_duplicates"]
        assert set(found) == {str(same_mail), str(same_phone)}
    assert (await reading.read(CAT, at(candidate_id)))["possible_duplicates"] == []


async def test_people_are_shown_what_was_made_of_their_resume_but_nothing_of_what_recruiters_keep(
    reading: ReadingApp, pool: Pool
) -> None:
    resume_id = uuid4()
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(
            connection, user_id=PERSON.user_id, tags=["late"], resume_ids=[resume_id], profile=WHOLE
        )
        await add_candidate(connection, name_key="else")
        await add_note(connection, candidate_id, author=ADMIN.user_id)
        await add_resume(connection, owner=PERSON.user_id, resume_id=resume_id)
        await add_access(connection, candidate_id, BEN.user_id)
    shown = await reading.read(PERSON, at(candidate_id))
    assert (shown["email"], shown["resumes"][0]["filename"]) == ("ada@mail.example", "cv.pdf")
    assert (shown["tags"], shown["notes"], shown["shared"], shown["possible_duplicates"]) == (
        [],
        [],
        None,
        [],
    )
    assert (await reading.get(PERSON, at(candidate_id, "/activity"))).status_code == 403
    assert (await reading.read(PERSON, at(candidate_id, "/export")))["activity"] == []
    assert reading.recorded.reads == []


async def test_a_candidate_that_was_only_looked_at_has_not_changed(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
    first = await reading.get(ANN, at(candidate_id))
    assert (first.headers["Cache-Control"], first.headers["Vary"]) == ("private, no-cache", "Authorization")
    async with pool.acquire() as connection:
        viewed = {"database_id": ANN.user_id, "candidate_id": candidate_id, "last_viewed_at": NOW}
        await insert(connection, "views", viewed)
    again = await reading.get(ANN, at(candidate_id), etag=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    async with pool.acquire() as connection:
        await add_note(connection, candidate_id, author=ANN.user_id)
    assert (await reading.get(ANN, at(candidate_id), etag=first.headers["ETag"])).status_code == 200


async def test_of_many_notes_the_newest_are_shown(
    reading: ReadingApp, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, profile=ADA)
        for day in range(store.MOST + 1):
            await add_note(
                connection,
                candidate_id,
                author=ANN.user_id,
                title=str(day),
                created_at=NOW + timedelta(days=day),
            )
    notes = (await reading.read(ANN, at(candidate_id)))["notes"]
    assert [note["title"] for note in notes] == [str(day) for day in range(store.MOST, 0, -1)]
    exported = await reading.read(ANN, at(candidate_id, "/export"))
    assert len(exported["candidate"]["notes"]) == store.MOST + 1
