"""What others tell is kept as they told it last."""

from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.heard_by_notifier import (
    FRIEND,
    NOW,
    OWNER,
    added,
    an_id,
    candidate,
    completed,
    computed,
    consented,
    erased,
    failed,
    granted,
    job,
    match,
    removed,
    resume_erased,
    revoked,
    tell,
    tell_together,
)
from support.notifier_service import NotifierService

from hotgigs.chassis.database import Pool
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.resume_data import ResumeData

TABLES = {
    "candidates": "candidate_id",
    "resume_contacts": "resume_id",
    "access": "candidate_id, recruiter_id",
    "consents": "candidate_id",
    "jobs": "job_id",
}


async def known(pool: Pool, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(f"SELECT * FROM {table} ORDER BY {TABLES[table]}")]


async def test_a_candidate_is_kept_as_far_as_it_is_told(notifier: NotifierService) -> None:
    told = msgspec.structs.replace(candidate("ada", survivor="bob"), user_id=an_id("person"))
    await tell(notifier.units_of_work, CandidateUpdatedV1(candidate=told))
    assert await known(notifier.pool, "candidates") == [
        {
            "candidate_id": an_id("ada"),
            "version": 1,
            "database_id": OWNER.database_id,
            "user_id": an_id("person"),
            "survivor_id": an_id("bob"),
            "source": "resume_import",
            "added_at": NOW,
            "full_name": "Name ada",
            "email": "ada.84@mail.example",
            "phone": "+4930901820",
            "title": "Engineer",
            "location": "Berlin, Germany",
            "years": 6.5,
            "top_skills": ["Python", "AWS"],
        }
    ]


async def test_a_resume_is_kept_as_far_as_it_says_what_to_hide(notifier: NotifierService) -> None:
    data = ResumeData(full_name="Ada", email="ada@old.example", phone="+4930", summary="Ada builds bridges.")
    await tell(notifier.units_of_work, completed("ada", data=data), failed("bob"))
    assert await known(notifier.pool, "resume_contacts") == [
        {
            "resume_id": an_id("resume of ada"),
            "version": 2,
            "candidate_id": an_id("ada"),
            "full_name": "Ada",
            "email": "ada@old.example",
            "phone": "+4930",
        }
    ]


async def test_of_a_share_the_last_word_stands(notifier: NotifierService) -> None:
    words = [
        granted("ada", can_view_contact_info=False),
        revoked("ada", version=2),
        granted("ada", version=3),
    ]
    for last, (is_revoked, sees_contact) in enumerate(
        [(False, False), (True, False), (False, True)], start=1
    ):
        await tell(notifier.units_of_work, *words[:last], words[0])
        assert await known(notifier.pool, "access") == [
            {
                "candidate_id": an_id("ada"),
                "recruiter_id": FRIEND.user_id,
                "version": last,
                "is_revoked": is_revoked,
                "can_view_contact_info": sees_contact,
            }
        ]


async def test_of_a_consent_the_last_word_stands(notifier: NotifierService) -> None:
    await tell(notifier.units_of_work, consented("ada", version=2), consented("ada"), consented("bob"))
    rows = await known(notifier.pool, "consents")
    found = {row["candidate_id"]: (row["version"], row["can_be_found"]) for row in rows}
    assert found == {an_id("ada"): (2, False), an_id("bob"): (1, True)}


async def test_a_job_is_kept_as_far_as_it_is_told_until_it_is_deleted(notifier: NotifierService) -> None:
    closed = job("job", version=2, status="closed", posting=JobPosting(title="Cook"))
    await tell(notifier.units_of_work, JobUpdatedV1(job=closed), JobPostedV1(job=job("job")))
    assert await known(notifier.pool, "jobs") == [
        {
            "job_id": an_id("job"),
            "version": 2,
            "owner_user_id": OWNER.user_id,
            "database_id": OWNER.database_id,
            "title": "Cook",
            "company_name": None,
            "is_open": False,
        }
    ]
    await tell(
        notifier.units_of_work, JobDeletedV1(job_id=an_id("job")), JobUpdatedV1(job=job("job", version=9))
    )
    assert await known(notifier.pool, "jobs") == []


async def test_of_several_versions_at_once_the_newest_is_kept(notifier: NotifierService) -> None:
    states = [candidate(name, version=version) for version in (2, 3, 1) for name in ("ada", "bob")]
    await tell_together(notifier.units_of_work, *(CandidateUpdatedV1(candidate=each) for each in states))
    assert [row["version"] for row in await known(notifier.pool, "candidates")] == [3, 3]


STORY: tuple[Message, ...] = (
    added("ada"),
    completed("ada"),
    failed("ada", attempt=2),
    CandidateUpdatedV1(candidate=candidate("ada", version=2, title="Architect")),
    granted("ada", "bob"),
    granted("ada", version=2, can_view_contact_info=False),
    revoked("bob", version=2),
    consented("ada"),
    consented("ada", version=2),
    JobPostedV1(job=job("job")),
    JobUpdatedV1(job=job("job", version=2, status="closed")),
    JobPostedV1(job=job("another")),
    JobDeletedV1(job_id=an_id("another")),
    computed(match("ada"), match("ada", of="another"), match("eve")),
    computed(removed("bob", version=1)),
    added("eve"),
    completed("eve"),
    granted("eve"),
    consented("eve"),
    erased("eve"),
    added("bob"),
    completed("bob"),
    resume_erased("bob"),
)


async def all_of_it(pool: Pool) -> dict[str, list[dict[str, Any]]]:
    kept = {table: await known(pool, table) for table in TABLES}
    events = await pool.fetch("SELECT * FROM events ORDER BY event_id")
    kept["events"] = [{**row} | {"number": None} for row in events]
    return kept


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.permutations(STORY), again=st.lists(st.sampled_from(STORY), max_size=4))
async def test_in_whatever_order_it_is_told_it_is_the_same_in_the_end(
    notifier: NotifierService, told: list[Message], again: list[Message]
) -> None:
    if not await notifier.pool.fetchval("SELECT count(*) FROM webhooks"):
        await notifier.adds(
            OWNER, events=("candidate.added", "candidate.shared", "match.created", "resume.processing.failed")
        )
    found = []
    for order in (list(STORY), [*told, *again]):
        for table in (*TABLES, "events", "tombstones", "told_matches"):
            await notifier.pool.execute(f"DELETE FROM {table}")
        await tell(notifier.units_of_work, *order)
        found.append(await all_of_it(notifier.pool))
    assert found[1] == found[0]
    assert [row["candidate_id"] for row in found[0]["candidates"]] == sorted([an_id("ada"), an_id("bob")])
