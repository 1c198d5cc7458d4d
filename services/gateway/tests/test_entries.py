"""What each database shows of a candidate, and what it does not."""

import threading
from typing import Any

import msgspec
import pytest
from told import ADMIN, FRIEND, HOME, an_id, candidate, entry, grant, resume, tell

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.candidate_state import CandidateProfile, TagState
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.resume_data import ResumeData, Skill
from hotgigs.gateway.candidates import entries
from hotgigs.gateway.candidates.search_terms import exact_query, folded, like_patterns
from hotgigs.gateway.candidates.showing import contact_of_candidate
from hotgigs.redaction.hiding import Contact

ADA = candidate("ada", title="C++ Engineer", location="São Paulo", skills=(Skill(name="Rust"),))
FRIENDS = FRIEND.database_id


async def shown_to_friend(connection: Connection, **conditions: Any) -> dict[str, Any]:
    await tell(
        connection, AccessGrantedV1(grants=(grant("ada", **conditions),)), CandidateAddedV1(candidate=ADA)
    )
    shared = await entry(connection, FRIENDS, an_id("ada"))
    assert shared is not None
    return shared


async def found(connection: Connection, *, q: str = "", **asked: Any) -> int:
    count: int = await connection.fetchval(
        "SELECT count(*) FROM entries WHERE find_key LIKE ALL($3::text[])"
        " AND search @@ ($1::tsquery && websearch_to_tsquery('english', $2))",
        exact_query(database_id=FRIENDS, **asked),
        folded(q),
        like_patterns(asked.get("search")),
    )
    return count


async def test_the_own_database_shows_all_and_permits_all(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, CandidateAddedV1(candidate=ADA))
        own = await entry(connection, HOME, ADA.candidate_id)
        assert own is not None
        assert await entry(connection, FRIENDS, ADA.candidate_id) is None
    permitted = ("is_own", "can_view_contact_info", "can_download_resume", "can_submit_to_jobs")
    assert all(own[name] for name in permitted)
    assert (own["source"], own["added_at"]) == ("resume_import", ADA.added_at)
    assert (own["full_name"], own["email"], own["profile"]) == ("Name ada", "ada.84@mail.example", None)


async def test_what_a_candidate_uploads_is_listed_as_an_application(pool: Pool) -> None:
    account_id = an_id("bo's account")
    upload = msgspec.structs.replace(candidate("bo"), source="candidate_upload", user_id=account_id)
    async with pool.acquire() as connection:
        await tell(connection, CandidateAddedV1(candidate=upload))
        own = await entry(connection, HOME, an_id("bo"))
    assert own is not None
    assert (own["source"], own["user_id"]) == ("application", account_id)


@pytest.mark.parametrize("by", ["bo's account", "admin"])
async def test_who_applied_is_listed_as_an_application_and_who_was_shared_as_shared(
    pool: Pool, by: str
) -> None:
    bo = msgspec.structs.replace(candidate("bo"), user_id=an_id("bo's account"))
    given = msgspec.structs.replace(grant("bo"), granted_by=an_id(by))
    async with pool.acquire() as connection:
        await tell(connection, CandidateAddedV1(candidate=bo), AccessGrantedV1(grants=(given,)))
        shared = await entry(connection, FRIENDS, an_id("bo"))
    assert shared is not None
    assert shared["source"] == ("admin_share" if by == "admin" else "application")


@pytest.mark.parametrize(
    ("contact", "download", "may_download"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
async def test_a_share_permits_what_was_granted_and_no_file_that_would_show_the_contact(
    pool: Pool, contact: bool, download: bool, may_download: bool
) -> None:
    async with pool.acquire() as connection:
        shared = await shown_to_friend(connection, contact=contact, download=download)
    assert (shared["is_own"], shared["source"]) == (False, "admin_share")
    assert (shared["can_view_contact_info"], shared["can_download_resume"]) == (contact, may_download)
    assert shared["added_at"] == grant("ada").granted_at


@pytest.mark.parametrize("contact", [True, False])
async def test_a_hidden_mail_address_is_not_in_the_row_and_finds_nothing(pool: Pool, contact: bool) -> None:
    async with pool.acquire() as connection:
        shared = await shown_to_friend(connection, contact=contact)
        assert (shared["email"] is not None) is contact
        assert ("mail.example" in repr(shared)) is contact
        for asked in ({"search": "ada.84"}, {"search": "mail.ex"}, {"q": "ada 84"}, {"q": "mail"}):
            assert await found(connection, **asked) == int(contact), asked
        for asked in (
            {"search": "name"},
            {"q": "c++ engineering"},
            {"skills": ["rust"]},
            {"location": "sao"},
        ):
            assert await found(connection, **asked) == 1, asked
        assert await found(connection, skills=["go"]) == 0


async def test_a_revoked_share_is_gone_and_another_one_comes_back_on_its_own_terms(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await shown_to_friend(connection)
        revoked = AccessRevokedV1(
            candidate_id=ADA.candidate_id, database_id=HOME, recruiter_id=FRIEND.user_id, version=2
        )
        await tell(connection, revoked)
        assert await entry(connection, FRIENDS, ADA.candidate_id) is None
        left = await connection.fetchrow("SELECT share_reason, granted_by, can_submit_to_jobs FROM access")
        assert left is not None
        assert tuple(left) == (None, None, False)
        await tell(connection, AccessGrantedV1(grants=(grant("ada", version=3, contact=False),)))
        again = await entry(connection, FRIENDS, ADA.candidate_id)
    assert again is not None
    assert again["can_view_contact_info"] is False


async def test_of_several_shares_of_one_group_the_strictest_counts_for_each_recruiter(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(
            connection,
            CandidateAddedV1(candidate=candidate("bo", survivor="ada")),
            AccessGrantedV1(grants=(grant("bo", version=2), grant("ada", to=ADMIN, version=1))),
        )
        shared = await shown_to_friend(connection, contact=False, version=1)
    assert (shared["can_view_contact_info"], shared["email"]) == (False, None)
    assert shared["added_at"] == grant("bo", version=2).granted_at


async def test_a_share_with_the_owner_shows_nothing_twice(pool: Pool) -> None:
    async with pool.acquire() as connection:
        to_owner = msgspec.structs.replace(grant("ada"), recruiter_id=HOME)
        await tell(connection, CandidateAddedV1(candidate=ADA), AccessGrantedV1(grants=(to_owner,)))
        rows = await connection.fetch("SELECT is_own, source FROM entries")
    assert [tuple(row) for row in rows] == [(True, "resume_import")]


async def test_tags_are_those_of_the_database_that_looks(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await shown_to_friend(connection)
        for whose, tag in ((HOME, "red"), (FRIENDS, "blue"), (an_id("somebody"), "green")):
            await tell(
                connection,
                TagsChangedV1(
                    candidate_id=ADA.candidate_id,
                    database_id=HOME,
                    tagging_database_id=whose,
                    tags=(TagState(tag=tag, version=1),),
                ),
            )
        rows = await connection.fetch("SELECT database_id, tags FROM entries")
        assert {row["database_id"]: row["tags"] for row in rows} == {HOME: ["red"], FRIENDS: ["blue"]}
        assert (await found(connection, tags=["blue"]), await found(connection, tags=["red"])) == (1, 0)


async def test_merging_shows_one_and_undoing_shows_two(pool: Pool) -> None:
    async def listed() -> set[Any]:
        return {row["candidate_id"] for row in await pool.fetch("SELECT candidate_id FROM entries")}

    async with pool.acquire() as connection:
        await tell(connection, CandidateAddedV1(candidate=ADA), CandidateAddedV1(candidate=candidate("bo")))
        assert await listed() == {an_id("ada"), an_id("bo")}
        await tell(connection, CandidateUpdatedV1(candidate=candidate("bo", version=2, survivor="ada")))
        assert await listed() == {an_id("ada")}
        await tell(connection, CandidateUpdatedV1(candidate=candidate("bo", version=3)))
        assert await listed() == {an_id("ada"), an_id("bo")}


async def test_what_a_second_resume_says_of_the_contact_is_hidden_when_it_comes(pool: Pool) -> None:
    data = ResumeData(email="nightowl@post.example", full_name="Ada")
    async with pool.acquire() as connection:
        summary = candidate("ada", version=2, summary="Wrote as NightOwl.")
        await tell(connection, CandidateAddedV1(candidate=summary))
        shared = await shown_to_friend(connection, contact=False)
        assert shared["profile"]["summary"] == "Wrote as NightOwl."
        await tell(connection, ResumeCompletedV2(resume=resume("ada", version=2), data=data))
        now = await entry(connection, FRIENDS, ADA.candidate_id)
        contact = await contact_of_candidate(connection, ADA.candidate_id)
    assert now is not None
    assert now["profile"]["summary"] == "Wrote as [hidden]."
    assert contact.emails == ("ada.84@mail.example", "nightowl@post.example")


async def test_a_contact_is_looked_for_beside_the_loop_that_others_are_answered_from(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    redacted = entries.redacted_profile

    def looked_at(profile: CandidateProfile, contact: Contact) -> CandidateProfile:
        threads.append(threading.current_thread())
        return redacted(profile, contact)

    monkeypatch.setattr(entries, "redacted_profile", looked_at)
    async with pool.acquire() as connection:
        await shown_to_friend(connection, contact=False)
    assert threads
    assert threading.main_thread() not in threads


async def test_a_resume_that_turns_out_to_be_of_somebody_else_hides_nothing_any_more(pool: Pool) -> None:
    data = ResumeData(email="nightowl@post.example")
    async with pool.acquire() as connection:
        await tell(
            connection,
            CandidateAddedV1(candidate=candidate("ada", version=2, summary="Wrote as NightOwl.")),
            ResumeCompletedV2(resume=resume("ada", version=2), data=data),
        )
        shared = await shown_to_friend(connection, contact=False)
        assert shared["profile"]["summary"] == "Wrote as [hidden]."
        of_bo = resume("ada", version=3, candidate_id=an_id("bo"))
        await tell(connection, ResumeCompletedV2(resume=of_bo, data=data))
        now = await entry(connection, FRIENDS, ADA.candidate_id)
    assert now is not None
    assert now["profile"]["summary"] == "Wrote as NightOwl."


async def test_what_does_not_change_is_not_written(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, CandidateAddedV1(candidate=ADA))
        before = await connection.fetchval("SELECT xmin::text FROM entries")
        await tell(connection, CandidateAddedV1(candidate=ADA))
        assert await connection.fetchval("SELECT xmin::text FROM entries") == before
