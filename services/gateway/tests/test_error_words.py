"""What is refused is said in words that one can act on, in the names that the request has."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from reading_app import Params, ReadingApp
from shown_rows import add_candidate
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.gateway.accounts.principal import Principal

ANN = Principal(user_id=uuid4(), role="recruiter")


@pytest.mark.parametrize(
    ("params", "detail"),
    [
        (
            {"source": "fax"},
            (
                "source: one of application, candidate_upload, resume_import, bulk_upload, google_drive,"
                " admin_share"
            ),
        ),
        ({"sort": "age"}, "sort: one of added_at, -added_at, name, -name, years, -years"),
        ({"q": "a" * 201}, "q: Expected `str` of length <= 200"),
        (
            {"added_since": "last week"},
            "added_since: a time such as 2026-01-31T09:00:00Z, or a date such as 2026-01-31",
        ),
    ],
)
async def test_a_parameter_is_named_with_what_it_may_be(
    reading: ReadingApp, params: Params, detail: str
) -> None:
    answer = await reading.get(ANN, "/candidates", params)
    assert (answer.status_code, answer.json()["detail"]) == (400, detail)


async def test_a_parameter_of_a_route_itself_is_named_as_it_is_asked_for(reading: ReadingApp) -> None:
    answer = await reading.get(ANN, f"/{uuid4()}/data", {"format": "xml"})
    assert answer.json() == {"detail": "format: one of hotgigs, jsonresume"}


@pytest.mark.parametrize(
    ("field", "sent", "detail"),
    [
        ("email", "nobody", "write a mail address, such as name@mail.example, or nothing"),
        ("phone", "é", "a phone number has digits, letters, spaces and + ( ) . , / # - in it"),
        ("title", "two\nlines", "write it in one line, without control characters"),
        ("summary", "\x07", "leave out control characters"),
    ],
)
async def test_a_text_of_another_form_is_told_how_it_is_written(
    writing_app: WritingApp, pool: Pool, field: str, sent: str, detail: str
) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
    answer = await writing_app.ask(ANN, "PATCH", f"/api/resumes/candidates/{candidate_id}", {field: sent})
    assert (answer.status_code, answer.json()["detail"]) == (400, f"{field}: {detail}")


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        ({"bio": "x"}, "bio: there is no such field; there are full_name, email, phone, location, title, "),
        ({"reset": ["bio"]}, "reset[0]: one of full_name, email, phone, location, title, "),
        ({"experience": [{"current": "x"}]}, "experience[0].current: Expected `bool`"),
    ],
)
async def test_a_field_that_there_is_not_is_answered_with_those_there_are(
    writing_app: WritingApp, sent: object, detail: str
) -> None:
    answer = await writing_app.ask(ANN, "PATCH", f"/api/resumes/candidates/{uuid4()}", sent)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(detail)


async def test_a_date_alone_is_its_begin(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        await add_candidate(connection, database_id=ANN.user_id, added_at=datetime(2026, 1, 31, tzinfo=UTC))
    assert len(await reading.read(ANN, "/candidates", {"added_since": "2026-01-31"})) == 1
    assert await reading.read(ANN, "/candidates", {"added_since": "2026-02-01"}) == []
