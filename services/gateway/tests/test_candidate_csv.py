"""GET /api/resumes/candidates/export: a list as a file for spreadsheets."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from reading_app import ReadingApp
from shown_rows import ADA, NOW, add_candidate, insert, share

from hotgigs.chassis.database import Pool
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.listing import walk
from hotgigs.gateway.listing.csv_export import csv_rows

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))


async def test_a_file_has_the_whole_list_in_its_order_though_it_is_read_in_pages(
    reading: ReadingApp, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "PAGE", 2)
    async with pool.acquire() as connection:
        for day in range(5):
            await add_candidate(connection, database_id=ANN.user_id, added_at=NOW + timedelta(days=day))
        shared = await add_candidate(connection, database_id=BEN.user_id)
        await share(connection, shared, ANN.user_id, email=None, added_at=NOW - timedelta(days=1))
        viewed = {"database_id": ANN.user_id, "candidate_id": shared, "last_viewed_at": NOW}
        await insert(connection, "views", viewed)
    listed = await reading.read(ANN, "/candidates")
    answer = await reading.get(ANN, "/candidates/export")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="candidates.csv"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["candidate_id"] for row in rows] == [each["candidate_id"] for each in listed]
    assert list(rows[0]) == list(listed[0])
    assert rows[-1] | {"candidate_id": "", "user_id": ""} == {
        "candidate_id": "",
        "user_id": "",
        "full_name": "Ada Example",
        "email": "",
        "title": "Engineer",
        "location": "London",
        "years_of_experience": "5.5",
        "top_skills": "Python; SQL",
        "added_at": "2026-02-28T12:00:00Z",
        "last_viewed_at": "2026-03-01T12:00:00Z",
        "source": "admin_share",
        "tags": "",
    }


async def test_a_file_is_narrowed_as_a_list_is(reading: ReadingApp, pool: Pool) -> None:
    zoe = msgspec.structs.replace(ADA, full_name="Zoe Example")
    async with pool.acquire() as connection:
        await add_candidate(connection, database_id=ANN.user_id, tags=["x"])
        await add_candidate(connection, database_id=ANN.user_id, tags=["x"], profile=zoe)
        await add_candidate(connection, database_id=ANN.user_id)
    answer = await reading.get(ANN, "/candidates/export", {"tags": "x", "sort": "-name"})
    names = [row["full_name"] for row in csv.DictReader(io.StringIO(answer.text))]
    assert names == ["Zoe Example", "Ada Example"]
    assert (await reading.get(ANN, "/candidates/export", {"source": "nowhere"})).status_code == 400


async def test_a_file_breaks_off_where_the_caller_s_access_ends(
    reading: ReadingApp, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with pool.acquire() as connection:
        await add_candidate(connection, database_id=ANN.user_id)
    read = walk.page

    async def ended_meanwhile(*args: object, **options: object) -> object:
        reading.doorkeeper.gone.add(ANN.user_id)
        return await read(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "page", ended_meanwhile)
    with pytest.raises(Exception, match="after response started"):
        await reading.get(ANN, "/candidates/export")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＠"])
def test_no_cell_is_a_formula(begins: str) -> None:
    formula = f'{begins}cmd|"/c calc"!A1'
    row = dict.fromkeys(("candidate_id", "user_id", "email", "title", "location"), None) | {
        "full_name": formula,
        "years": 1.0,
        "top_skills": [formula, "SQL"],
        "added_at": NOW,
        "last_viewed_at": None,
        "source": "resume_import",
        "tags": [],
    }
    (cells,) = csv.reader(io.StringIO(csv_rows([row]), newline=""))
    assert cells[2] == f"'{formula}"
    assert cells[7] == f"'{formula}; SQL"
    assert cells[6] == "1"


def test_no_cell_is_a_formula_where_semicolons_divide_cells() -> None:
    row = dict.fromkeys(("candidate_id", "user_id", "email", "location"), None) | {
        "full_name": "Ada; =1+1",
        "title": "Engineer;@SUM(1)",
        "years": 1.0,
        "top_skills": ["SQL", "=cmd|'/c calc'!A1", "C++; -x"],
        "added_at": NOW,
        "last_viewed_at": None,
        "source": "resume_import",
        "tags": ["a", "-b"],
    }
    text = csv_rows([row])
    cells = [cell.strip(' "') for field in text.rstrip().split(",") for cell in field.split(";")]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
