"""A file that changes: its versions are of one candidate, and the newest leads."""

from uuid import UUID, uuid4

import msgspec
import pytest
from support.candidate_commands import ADA, BO, OWNER, merge, undo
from support.ingest_service import NOW, Ingest, fetched, of_type

from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.ingest.on_drive_file_fetched import on_drive_file_fetched
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_undo_merge import on_undo_merge

MOVED = ResumeData(email="ada@new.example", phone="+15550199", full_name="Ada Lovelace", location="Rome")
SOMEBODY_ELSE = ResumeData(email="cy@mail.example", full_name="Cy Third")


async def imported(ingest: Ingest, data: ResumeData, replaces: UUID | None = None) -> tuple[UUID, UUID]:
    """The resume of a version of a file, and its candidate."""
    resume_id = await ingest.fetch(OWNER.user_id, replaces)
    await ingest.parsed(resume_id, data)
    return resume_id, await ingest.candidate_of(resume_id)


async def fail(ingest: Ingest, resume_id: UUID) -> None:
    failure = ResumeParseFailedV1(
        resume_id=resume_id, attempt=1, started_at=NOW, finished_at=NOW, reason="It is a scan."
    )
    await ingest.handle(on_resume_parse_failed, failure)


async def led_by(ingest: Ingest, candidate_id: UUID, *newest_first: UUID) -> CandidateState:
    state = await ingest.state_of(candidate_id)
    assert state.resume_ids == newest_first
    return state


async def test_a_new_version_is_the_same_candidate_s_though_mail_phone_and_half_the_name_changed(
    ingest: Ingest,
) -> None:
    first, candidate = await imported(ingest, ADA)
    await ingest.told()
    second, same = await imported(ingest, MOVED, replaces=first)
    assert same == candidate
    state = await led_by(ingest, candidate, second, first)
    assert (state.profile.email, state.profile.location) == (MOVED.email, "Rome")
    (updated,) = of_type(await ingest.told(), CandidateUpdatedV1)
    assert updated.candidate == state
    # The person is known by either mail from now on.
    assert await ingest.imported(OWNER.user_id, ResumeData(email=ADA.email)) == candidate
    assert await ingest.imported(OWNER.user_id, ResumeData(email=MOVED.email)) == candidate


async def test_a_version_goes_to_its_file_s_candidate_before_another_of_the_same_mail(ingest: Ingest) -> None:
    other = await ingest.imported(OWNER.user_id, MOVED)
    first, candidate = await imported(ingest, ADA)
    _, same = await imported(ingest, MOVED, replaces=first)
    assert same == candidate != other


async def test_what_is_written_over_somebody_s_resume_is_another_person_s(ingest: Ingest) -> None:
    first, ada = await imported(ingest, ADA)
    second, cy = await imported(ingest, SOMEBODY_ELSE, replaces=first)
    assert cy != ada
    await led_by(ingest, ada, first)
    # Whoever it is now is who the next version is of; and if it is Ada again, she is known by her mail.
    _, same = await imported(ingest, ResumeData(full_name="Third"), replaces=second)
    assert same == cy
    _, again = await imported(ingest, ADA, replaces=second)
    assert again == ada


async def test_a_version_of_a_candidate_that_was_merged_shows_in_the_other_and_parts_with_its_own(
    ingest: Ingest,
) -> None:
    first, ada = await imported(ingest, ADA)
    survivor = await ingest.imported(OWNER.user_id, BO)
    await ingest.handle(on_merge_candidates, merge(survivor, ada))
    await ingest.told()
    second, _ = await imported(ingest, MOVED, replaces=first)
    told = {
        each.candidate.candidate_id: each.candidate
        for each in of_type(await ingest.told(), CandidateUpdatedV1)
    }
    assert told.keys() == {ada, survivor}
    assert told[survivor].resume_ids[0] == second
    assert told[survivor].profile.email == MOVED.email
    await ingest.handle(on_undo_merge, undo(survivor, ada))
    await led_by(ingest, ada, second, first)


async def test_a_person_is_known_by_what_merged_candidates_are_known_by(ingest: Ingest) -> None:
    first, ada = await imported(ingest, ADA)
    survivor = await ingest.imported(OWNER.user_id, SOMEBODY_ELSE)
    await ingest.handle(on_merge_candidates, merge(survivor, ada))
    _, same = await imported(ingest, ResumeData(full_name="C. Third"), replaces=first)
    assert same == ada


async def test_versions_that_could_not_be_read_are_passed_by(ingest: Ingest) -> None:
    first, candidate = await imported(ingest, ADA)
    scan = await ingest.fetch(OWNER.user_id, first)
    await fail(ingest, scan)
    refused = await ingest.fetch(OWNER.user_id, scan, file=None, refusal="A picture.")
    newest, same = await imported(ingest, MOVED, replaces=refused)
    assert same == candidate
    await led_by(ingest, candidate, newest, first)


async def test_an_older_version_that_is_read_later_goes_to_the_same_candidate_and_does_not_lead(
    ingest: Ingest,
) -> None:
    older = await ingest.fetch(OWNER.user_id)
    newer, candidate = await imported(ingest, MOVED, replaces=older)
    await ingest.parsed(older, ADA)
    assert await ingest.candidate_of(older) == candidate
    state = await led_by(ingest, candidate, newer, older)
    assert state.profile.email == MOVED.email


@pytest.mark.parametrize("is_read_first", [True, False])
async def test_an_older_version_that_comes_later_does_not_lead(ingest: Ingest, is_read_first: bool) -> None:
    older = fetched(OWNER.user_id)
    newer = await ingest.fetch(OWNER.user_id, older.resume_id)
    if is_read_first:
        await ingest.parsed(newer, MOVED)
    await ingest.handle(on_drive_file_fetched, older)
    await ingest.parsed(older.resume_id, ADA)
    if not is_read_first:
        await ingest.parsed(newer, MOVED)
    candidate = await ingest.candidate_of(newer)
    assert await ingest.candidate_of(older.resume_id) == candidate
    await led_by(ingest, candidate, newer, older.resume_id)


async def test_a_version_counts_as_received_after_the_one_before_though_the_clock_was_set_back(
    ingest: Ingest,
) -> None:
    first, candidate = await imported(ingest, ADA)
    await ingest.pool.execute("UPDATE resumes SET received_at = now() + interval '1 hour'")
    second, _ = await imported(ingest, MOVED, replaces=first)
    await led_by(ingest, candidate, second, first)


async def test_a_version_of_a_resume_in_another_database_is_like_any_other(ingest: Ingest) -> None:
    theirs, candidate = await imported(ingest, ADA)
    stranger = uuid4()
    resume_id = await ingest.fetch(stranger, theirs)
    await ingest.parsed(resume_id, msgspec.structs.replace(ADA, location="Bern"))
    assert await ingest.candidate_of(resume_id) != candidate
    await led_by(ingest, candidate, theirs)


async def test_a_version_of_what_is_not_known_is_known_by_its_mail(ingest: Ingest) -> None:
    candidate = await ingest.imported(OWNER.user_id, ADA)
    _, same = await imported(ingest, ADA, replaces=uuid4())
    assert same == candidate
