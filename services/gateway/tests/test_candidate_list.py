"""GET /api/resumes/candidates: whose candidates are listed, what of them, and which."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from reading_app import Params, ReadingApp
from shown_rows import NOW, add_candidate, insert, share

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Skill
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal, Role

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")


async def test_a_listed_candidate_has_the_documented_fields(reading: ReadingApp, pool: Pool) -> None:
    account = uuid4()
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(
            connection, database_id=ANN.user_id, user_id=account, tags=["senior"]
        )
        viewed = {"database_id": ANN.user_id, "candidate_id": candidate_id}
        await insert(connection, "views", viewed | {"last_viewed_at": NOW + timedelta(hours=1)})
    assert await reading.read(ANN, "/candidates") == [
        {
            "candidate_id": str(candidate_id),
            "user_id": str(account),
            "full_name": "Ada Example",
            "email": "ada@mail.example",
            "title": "Engineer",
            "location": "London",
            "years_of_experience": 5.5,
            "top_skills": ["Python", "SQL"],
            "added_at": "2026-03-01T12:00:00Z",
            "last_viewed_at": "2026-03-01T13:00:00Z",
            "source": "resume_import",
            "tags": ["senior"],
        }
    ]


async def test_a_list_has_what_is_in_the_caller_s_database_and_what_is_shared_with_it(
    reading: ReadingApp, pool: Pool
) -> None:
    async with pool.acquire() as connection:
        own = await add_candidate(connection, database_id=ANN.user_id)
        shared = await add_candidate(connection, database_id=BEN.user_id, added_at=NOW)
        await share(connection, shared, ANN.user_id, added_at=NOW + timedelta(days=1), email=None)
        await add_candidate(connection, database_id=BEN.user_id)
        master = await add_candidate(connection)
    listed = await reading.read(ANN, "/candidates")
    assert [each["candidate_id"] for each in listed] == [str(shared), str(own)]
    assert (listed[0]["source"], listed[0]["email"]) == ("admin_share", None)
    assert [each["candidate_id"] for each in await reading.read(ADMIN, "/candidates")] == [str(master)]


async def test_when_others_looked_at_a_candidate_is_not_told(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        viewed = {"database_id": BEN.user_id, "candidate_id": candidate_id, "last_viewed_at": NOW}
        await insert(connection, "views", viewed)
    (listed,) = await reading.read(ANN, "/candidates")
    assert listed["last_viewed_at"] is None


@pytest.mark.parametrize("path", ["/candidates", "/candidates/export", "/admin/candidates"])
async def test_candidates_may_list_nobody(reading: ReadingApp, path: str) -> None:
    answer = await reading.get(Principal(user_id=uuid4(), role="candidate"), path)
    assert answer.status_code == 403
    assert answer.json().keys() == {"detail"}


BIM = CandidateProfile(
    full_name="Bím Sønder",
    email="b_im@mail.example",
    title="Data Engineer",
    location="Berlin, Germany",
    summary="Builds data lakes in C++ at the riverside.",
    skills=(Skill(name="C++"), Skill(name="Postgres", canonical="PostgreSQL")),
    total_experience_years=2,
)
CYD = CandidateProfile(
    full_name="Cyd Bimmel",
    email="cyd@mail.example",
    title="Nurse",
    location="New York",
    total_experience_years=12.5,
)


async def three(connection: Connection) -> dict[str, str]:
    """Ann's; names by their ids."""
    return {
        str(await add_candidate(connection, database_id=ANN.user_id, **columns)): name  # type: ignore[arg-type]
        for name, columns in {
            "ada": {"added_at": NOW},
            "bim": {"profile": BIM, "tags": ["senior", "on site"], "added_at": NOW + timedelta(days=1)},
            "cyd": {
                "profile": CYD,
                "tags": ["senior"],
                "source": "bulk_upload",
                "added_at": NOW + timedelta(days=2),
            },
        }.items()
    }


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, "cyd bim ada"),
        ({"sort": "name"}, "ada bim cyd"),
        ({"sort": "-years"}, "cyd ada bim"),
        ({"limit": 1}, "cyd"),
        ({"limit": 1, "skip": 1}, "bim"),
        ({"skip": 3}, ""),
        ({"source": "bulk_upload"}, "cyd"),
        ({"source": "application"}, ""),
        ({"tags": "senior"}, "cyd bim"),
        ({"tags": "Senior,on  site"}, "bim"),
        ({"tags": ["senior", "on site"]}, "bim"),
        ({"tags": "sen"}, ""),
        ({"search": "bim"}, "cyd bim"),
        ({"search": "bim", "sort": "name"}, "bim cyd"),
        ({"search": "bim", "sort": "-name", "limit": 1, "skip": 1}, "bim"),
        ({"source": "bulk_upload", "sort": "name"}, "cyd"),
        ({"min_years": 5, "sort": "-name"}, "cyd ada"),
        ({"min_years": 5, "sort": "years"}, "ada cyd"),
        ({"added_since": "2026-03-02T12:00:00Z", "sort": "years"}, "bim cyd"),
        ({"search": "BÍM sonder"}, "bim"),
        ({"search": "im"}, "cyd bim"),
        ({"search": "b_im@"}, "bim"),
        ({"search": "b%im"}, ""),
        ({"search": "engineer"}, ""),
        ({"skills": "c++"}, "bim"),
        ({"skills": ["postgresql", "C++"]}, "bim"),
        ({"skills": "postgres"}, "bim"),
        ({"skills": "C"}, ""),
        ({"location": "york new"}, "cyd"),
        ({"location": "berlin"}, "bim"),
        ({"min_years": 5.5}, "cyd ada"),
        ({"max_years": 5.5}, "bim ada"),
        ({"min_years": 3, "max_years": 6}, "ada"),
        ({"added_since": "2026-03-02T12:00:00Z"}, "cyd bim"),
        ({"added_since": "2026-03-02T13:00:00"}, "cyd"),
        ({"q": "c++ lake"}, "bim"),
        ({"q": "engineers -data"}, "ada"),
        ({"q": "engineer or nurse"}, "cyd bim ada"),
        ({"q": '"data engineer"'}, "bim"),
        ({"q": "the"}, "cyd bim ada"),
        ({"q": "engineer", "tags": "senior", "search": "son"}, "bim"),
    ],
)
async def test_a_list_is_narrowed_and_ordered_as_asked(
    reading: ReadingApp, pool: Pool, params: Params, expected: str
) -> None:
    async with pool.acquire() as connection:
        names = await three(connection)
        await add_candidate(connection, database_id=BEN.user_id, profile=BIM, tags=["senior"])
    answer = await reading.get(ANN, "/candidates", params)
    assert answer.status_code == 200, answer.text
    assert [names[each["candidate_id"]] for each in answer.json()] == expected.split()
    if not params.keys() & {"limit", "skip"}:
        assert answer.headers["X-Total-Count"] == str(len(expected.split()))


@pytest.mark.parametrize(
    "params",
    [
        {"source": "elsewhere"},
        {"limit": 0},
        {"limit": 101},
        {"skip": -1},
        {"skip": 10**30},
        {"sort": "email"},
        {"min_years": "nan"},
        {"min_years": 5, "max_years": 4},
        {"min_years": "1e400"},
        {"added_since": "yesterday"},
        {"added_since": "0001-01-01T00:00:00+14:00"},
        {"added_since": "9999-12-31T23:59:59-14:00"},
        {"search": "x" * 201},
        {"q": "x" * 201},
        {"location": "x" * 201},
        {"cursor": ""},
        {"cursor": "x" * 5000},
    ],
)
@pytest.mark.parametrize("path", ["/candidates", "/admin/candidates"])
async def test_what_cannot_be_asked_is_refused_with_a_reason(
    reading: ReadingApp, path: str, params: Params
) -> None:
    answer = await reading.get(ADMIN, path, params)
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "'",
        "\\",
        "a:*",
        "& | !",
        "((",
        '"',
        "\ud800".encode("utf-8", "replace").decode(),
        "<->",
        "-",
        "ﷺ" * 200,
    ],
)
@pytest.mark.parametrize("name", ["search", "q", "tags", "skills", "location"])
async def test_no_text_is_taken_for_a_query_s_syntax(reading: ReadingApp, name: str, text: str) -> None:
    for path, who in (("/candidates", ANN), ("/admin/candidates", ADMIN)):
        assert (await reading.get(who, path, {name: text})).status_code == 200


@pytest.mark.parametrize("terms", [",".join(map(str, range(5_000))), "é" * 5_000])
@pytest.mark.parametrize("name", ["tags", "skills"])
async def test_terms_too_many_or_too_long_find_nobody(reading: ReadingApp, name: str, terms: str) -> None:
    for path, who in (("/candidates", ANN), ("/admin/candidates", ADMIN)):
        assert await reading.read(who, path, {name: terms}) == []


async def test_a_list_that_has_not_changed_is_not_sent_again(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        await add_candidate(connection, database_id=ANN.user_id)
    first = await reading.get(ANN, "/candidates")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Vary"] == "Authorization"
    again = await reading.get(ANN, "/candidates", etag=f'"other", {first.headers["ETag"]}')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    async with pool.acquire() as connection:
        await add_candidate(connection, database_id=ANN.user_id)
    changed = await reading.get(ANN, "/candidates", etag=first.headers["ETag"])
    assert (changed.status_code, len(changed.json())) == (200, 2)
    assert changed.headers["ETag"] != first.headers["ETag"]


async def test_admins_list_each_candidate_of_all_databases_once_with_probable_duplicates(
    reading: ReadingApp, pool: Pool
) -> None:
    async with pool.acquire() as connection:
        same_mail = await add_candidate(connection, database_id=BEN.user_id, name_key="a example")
        first = await add_candidate(
            connection, database_id=ANN.user_id, added_at=NOW + timedelta(days=1), phone_key=None
        )
        await share(connection, first, BEN.user_id)
        await add_candidate(connection, database_id=ANN.user_id, survivor_id=first)
        namesake = await add_candidate(
            connection, profile=CYD, email_key="else@mail.example", phone_key="1", name_key="cyd"
        )
        same_phone = await add_candidate(
            connection, profile=CYD, email_key=None, phone_key="1", name_key="cyd", database_id=ANN.user_id
        )
        await add_candidate(connection, profile=CYD, email_key=None, phone_key="1", name_key="else")
    listed = await reading.read(ADMIN, "/admin/candidates")
    assert len(listed) == 5
    by_id = {UUID(each["candidate_id"]): each for each in listed}
    assert by_id[first]["database_id"] == str(ANN.user_id)
    assert by_id[namesake]["database_id"] == str(MASTER_DATABASE_ID)
    told = {each: by_id[each]["probable_duplicates"] for each in by_id}
    assert told[first] == [str(same_mail)]
    assert told[same_mail] == [str(first)]
    assert told[namesake] == [str(same_phone)]
    assert told[same_phone] == [str(namesake)]
    assert sum(map(len, told.values())) == 4


@pytest.mark.parametrize("role", ["recruiter", "candidate"])
async def test_only_admins_list_what_is_in_all_databases(reading: ReadingApp, role: Role) -> None:
    answer = await reading.get(Principal(user_id=uuid4(), role=role), "/admin/candidates")
    assert answer.status_code == 403


async def test_a_moment_is_told_in_utc(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        await add_candidate(connection, database_id=ANN.user_id, added_at=datetime(2026, 1, 1, tzinfo=UTC))
    (listed,) = await reading.read(ANN, "/candidates")
    assert listed["added_at"] == "2026-01-01T00:00:00Z"
