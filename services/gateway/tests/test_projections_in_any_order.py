"""Queues keep no order among each other, and bring some messages twice."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from told import (
    ADMIN,
    FRIEND,
    HOME,
    NOW,
    OWNER,
    activity,
    an_id,
    candidate,
    consented,
    erasure,
    grant,
    in_any_order,
    note,
    resume,
    shown,
    submitted,
    tell,
    withdrawn,
)

from hotgigs.chassis.database import Pool
from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway.candidates.entries import FINDABLE_DATABASE_ID

BATCH = an_id("batch")


def tags(name: str, *, of: Any = HOME, **versions: int) -> TagsChangedV1:
    """Even versions are removals."""
    return TagsChangedV1(
        candidate_id=an_id(name),
        database_id=HOME,
        tagging_database_id=of,
        tags=tuple(
            TagState(tag=tag, version=version, is_removed=version % 2 == 0)
            for tag, version in versions.items()
        ),
    )


def added(name: str) -> list[Event]:
    """How a candidate comes in."""
    data = ResumeData(full_name=name, email=f"{name}.old84@mail.example", phone="+4930123456")
    return [
        ResumeReceivedV1(resume=resume(name)),
        ResumeCompletedV2(resume=resume(name, version=2), data=data),
        CandidateAddedV1(candidate=candidate(name)),
    ]


STORY: tuple[Event, ...] = (
    *added("survivor"),
    *added("merged"),
    *added("parted"),
    # One is merged for good, the other for a while.
    CandidateUpdatedV1(candidate=candidate("merged", version=2, survivor="survivor")),
    CandidateUpdatedV1(candidate=candidate("survivor", version=2, merged=["merged"])),
    CandidateUpdatedV1(candidate=candidate("parted", version=2, survivor="survivor")),
    CandidateUpdatedV1(candidate=candidate("survivor", version=3, merged=["merged", "parted"])),
    CandidateUpdatedV1(candidate=candidate("parted", version=3)),
    CandidateUpdatedV1(
        candidate=candidate(
            "survivor", version=4, merged=["merged"], summary="survivor.old84, or merged.old84: 030 12 34 56"
        )
    ),
    AccessGrantedV1(grants=(grant("survivor", version=1), grant("parted", to=ADMIN, contact=False))),
    AccessGrantedV1(grants=(grant("merged", version=2, contact=False),)),
    AccessRevokedV1(candidate_id=an_id("parted"), database_id=HOME, recruiter_id=ADMIN.user_id, version=2),
    tags("merged", red=1, green=1),
    tags("merged", red=2),
    tags("survivor", blue=1, of=FRIEND.database_id),
    NoteAddedV1(note=note("survivor")),
    NoteAddedV1(note=note("merged", 2)),
    NoteRemovedV1(note_id=note("merged", 2).note_id, candidate_id=an_id("merged"), database_id=HOME),
    CandidateSubmittedV1(submission=submitted("survivor")),
    CandidateSubmittedV1(submission=submitted("merged", 2)),
    withdrawn("merged", 2),
    consented("survivor"),
    consented("survivor", version=2),
    consented("survivor", version=3),
    consented("merged"),
    consented("merged", version=2),
    ActivitiesRecordedV2(
        activities=(activity("survivor", "viewed"), activity("survivor", "viewed", actor=FRIEND, minute=3))
    ),
    ActivitiesRecordedV2(activities=(activity("survivor", "viewed", minute=2),)),
)

OF_GONE = note("gone")
SUBMITTED = submitted("gone")
END: tuple[Event, ...] = (
    *added("gone"),
    CandidateUpdatedV1(candidate=candidate("gone", version=2)),
    AccessGrantedV1(grants=(grant("gone", contact=False),)),
    NoteAddedV1(note=OF_GONE),
    tags("gone", red=1),
    CandidateSubmittedV1(submission=SUBMITTED),
    consented("gone"),
    ActivitiesRecordedV2(activities=(activity("gone", "viewed"),)),
    ActivitiesRecordedV2(activities=(activity("gone", "erased"),)),
    BatchReceivedV1(
        batch_id=BATCH, owner_user_id=OWNER.user_id, created_at=NOW, resumes=(resume("gone", batch_id=BATCH),)
    ),
    ParseProgressedV1(
        resume_id=resume("gone").resume_id,
        attempt=1,
        sequence=1,
        percentage=5,
        step="Reading",
        started_at=NOW,
    ),
    CandidateErasedV1(erasure=erasure("gone", related=[BATCH, OF_GONE.note_id, SUBMITTED.submission_id])),
    FilesErasedV1(erasure_id=erasure("gone").erasure_id, at=NOW),
    ParsesForgottenV1(erasure_id=erasure("gone").erasure_id, at=NOW),
    # Of this one a resume goes, and with it what has to be hidden of it.
    *added("kept"),
    AccessGrantedV1(grants=(grant("kept", contact=False),)),
    ResumeErasedV1(
        erasure=msgspec.structs.replace(erasure("kept"), erasure_id=an_id("another"), candidate_ids=())
    ),
)


async def after(pool: Pool, events: list[Event]) -> dict[str, list[dict[str, Any]]]:
    """All read models; nothing is kept."""
    async with pool.acquire() as connection:
        whole = connection.transaction()
        await whole.start()
        await tell(connection, *events)
        seen = await shown(connection)
        seen["progress"] = [
            dict(row.items()) for row in await connection.fetch("SELECT * FROM resume_progress")
        ]
        await whole.rollback()
        return seen


@in_any_order
@given(order=st.permutations(STORY), repeated=st.lists(st.sampled_from(STORY), max_size=5))
async def test_merges_shares_notes_tags_and_views_come_to_the_same_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    expected = await after(pool, list(STORY))
    assert await after(pool, order + repeated) == expected
    entries = {(row["database_id"], row["candidate_id"]): row for row in expected["entries"]}
    assert entries.keys() == {
        (HOME, an_id("survivor")),
        (HOME, an_id("parted")),
        (FRIEND.database_id, an_id("survivor")),
        (FINDABLE_DATABASE_ID, an_id("survivor")),
    }
    own, friends = entries[HOME, an_id("survivor")], entries[FRIEND.database_id, an_id("survivor")]
    assert (own["tags"], friends["tags"]) == (["green"], ["blue"])
    assert friends["email"] is None
    assert friends["profile"]["summary"] == "[hidden], or [hidden]: [hidden]"
    assert [row["title"] for row in expected["notes"]] == ["Call"]
    assert len(expected["views"]) == 2
    assert [row["submission_id"] for row in expected["submissions"]] == [submitted("survivor").submission_id]
    assert {row["candidate_id"]: row["can_be_found"] for row in expected["consents"]} == {
        an_id("survivor"): True,
        an_id("merged"): False,
    }


@in_any_order
@given(order=st.permutations(END), repeated=st.lists(st.sampled_from(END), max_size=8))
async def test_nothing_that_is_erased_comes_back_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    seen = await after(pool, order + repeated)
    assert seen == await after(pool, list(END))
    erased = {an_id("gone"), an_id("resume of gone"), an_id("resume of kept"), BATCH}
    erased |= {OF_GONE.note_id, SUBMITTED.submission_id}
    assert {row["id"] for row in seen["tombstones"]} == erased
    assert [row["kind"] for row in seen.pop("activities")] == ["erased"]
    assert len(seen.pop("erasures")) == 2
    assert [row["service"] for row in seen.pop("erasure_confirmations")] == ["ingest", "parser"]
    del seen["tombstones"]
    for table, rows in seen.items():
        for row in rows:
            assert not erased & {value for value in row.values() if not isinstance(value, list | dict)}, table
    assert {row["candidate_id"] for row in seen["entries"]} == {an_id("kept")}
