"""edit_candidate at ingest, on a real database."""

from uuid import uuid4

import pytest
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.rejection import Rejection
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, ResumeData, Skill
from hotgigs.ingest.on_edit_candidate import on_edit_candidate

ADA = ResumeData(email="ada@mail.example", full_name="Ada Example", location="Bern")
RECRUITER = recruiter()


def edit(candidate_id: object, actor: Actor = RECRUITER, **fields: object) -> EditCandidateV1:
    reset = fields.pop("reset", ())
    return EditCandidateV1(
        command_id=uuid4(),
        actor=actor,
        candidate_id=candidate_id,  # type: ignore[arg-type]
        edits=ProfileEdits(**fields),  # type: ignore[arg-type]
        reset=reset,  # type: ignore[arg-type]
    )


async def test_the_candidate_is_told_with_its_edits_and_the_names_of_the_fields_are_logged(
    ingest: Ingest,
) -> None:
    ada = await ingest.imported(RECRUITER.user_id, ADA)
    before = await ingest.state_of(ada)
    command = edit(ada, title="Engineer", location=None)
    settled, events = await ingest.does(on_edit_candidate, command)
    (updated,), (recorded,) = of_type(events, CandidateUpdatedV1), of_type(events, ActivitiesRecordedV2)
    told = updated.candidate
    assert (told.profile.title, told.profile.location, told.profile.email) == ("Engineer", None, ADA.email)
    assert (told.edited, told.version) == (("location", "title"), before.version + 1)
    assert told.updated_at > before.updated_at
    (activity,) = recorded.activities
    assert (activity.kind, activity.actor, activity.fields) == ("edited", RECRUITER, ("location", "title"))
    assert (activity.candidate_id, activity.database_id) == (ada, RECRUITER.user_id)
    assert settled.rejection is None


async def test_every_field_that_can_be_edited_comes_back_as_it_was_written(ingest: Ingest) -> None:
    ada = await ingest.imported(RECRUITER.user_id, ADA)
    fields = {
        "full_name": "Bo",
        "email": "bo@mail.example",
        "phone": "+15550100",
        "location": "Ulm",
        "title": "Baker",
        "current_company": "Bread Ltd",
        "summary": "Bakes.",
        "experience": (Experience(title="Baker", achievements=("Bread",)),),
        "education": (Education(degree="Master"),),
        "skills": (Skill(name="Baking"),),
        "certifications": (Certification(name="Oven"),),
        "languages": (Language(name="German"),),
        "total_experience_years": 3.5,
    }
    await ingest.handle(on_edit_candidate, edit(ada, **fields))
    state = await ingest.state_of(ada)
    assert {name: getattr(state.profile, name) for name in fields} == fields
    assert set(state.edited) == set(fields)


async def test_a_resume_that_is_parsed_later_does_not_overwrite_an_edit_until_it_is_reset(
    ingest: Ingest,
) -> None:
    ada = await ingest.imported(RECRUITER.user_id, ADA)
    await ingest.handle(on_edit_candidate, edit(ada, location="Ulm"))
    newer = ResumeData(email=ADA.email, full_name="Ada B. Example", location="Rome")
    assert await ingest.imported(RECRUITER.user_id, newer) == ada
    profile = (await ingest.state_of(ada)).profile
    assert (profile.full_name, profile.location) == ("Ada B. Example", "Ulm")
    await ingest.handle(on_edit_candidate, edit(ada, reset=("location",)))
    state = await ingest.state_of(ada)
    assert (state.profile.location, state.edited) == ("Rome", ())


async def test_a_person_is_recognised_by_what_was_edited_and_still_by_what_resumes_say(
    ingest: Ingest,
) -> None:
    ada = await ingest.imported(RECRUITER.user_id, ADA)
    await ingest.handle(on_edit_candidate, edit(ada, email="new@mail.example"))
    assert await ingest.imported(RECRUITER.user_id, ResumeData(email="new@mail.example")) == ada
    assert await ingest.imported(RECRUITER.user_id, ResumeData(email=ADA.email)) == ada
    await ingest.handle(on_edit_candidate, edit(ada, phone="+15550100"))
    by_phone = ResumeData(phone="+1 555 0100", full_name=ADA.full_name)
    assert await ingest.imported(RECRUITER.user_id, by_phone) == ada


async def test_nobody_is_recognised_by_an_edit_that_was_reset(ingest: Ingest) -> None:
    ada = await ingest.imported(RECRUITER.user_id, ADA)
    await ingest.handle(on_edit_candidate, edit(ada, email="new@mail.example"))
    await ingest.handle(on_edit_candidate, edit(ada, reset=("email",)))
    assert await ingest.imported(RECRUITER.user_id, ResumeData(email="new@mail.example")) != ada


async def test_an_admin_and_the_person_may_edit_too(ingest: Ingest) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    own = await ingest.uploaded(person.user_id, ADA)
    for number, actor in enumerate((person, ADMIN)):
        settled, _ = await ingest.does(on_edit_candidate, edit(own, actor, title=f"Title {number}"))
        assert (settled.rejection, settled.events) == (None, 1)


@pytest.mark.parametrize("actor", [recruiter(), Actor(user_id=uuid4(), role="candidate")])
async def test_to_a_stranger_the_candidate_is_not_there(ingest: Ingest, actor: Actor) -> None:
    ada = await ingest.imported(RECRUITER.user_id, ADA)
    before = await ingest.state_of(ada)
    outcomes = [
        (await ingest.does(on_edit_candidate, edit(candidate_id, actor, title="x")))[0].rejection
        for candidate_id in (ada, uuid4())
    ]
    assert outcomes == [Rejection(code="not_found", detail="There is no such candidate.")] * 2
    assert await ingest.state_of(ada) == before


async def test_who_it_is_shared_with_may_not_edit(ingest: Ingest) -> None:
    ada, guest = await ingest.imported(RECRUITER.user_id, ADA), recruiter()
    await ingest.pool.execute(
        "INSERT INTO grants VALUES ($1, $2, 1, false, true, true, true, NULL, NULL, $3, now())",
        ada,
        guest.user_id,
        RECRUITER.user_id,
    )
    settled, events = await ingest.does(on_edit_candidate, edit(ada, guest, title="x"))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == ("forbidden", [])
