"""Title, company and place in the lines above a job."""

import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.job_header import read_headers
from hotgigs.parser.listed_headers import with_listed_headers


def read(*headers: str) -> list[tuple[str | None, str | None, str | None]]:
    """Of headers whose lines are parted by ``|``."""
    lines = [[Line(text=line.strip()) for line in header.split("|")] for header in headers]
    return [(found.title, found.company, found.location) for found in read_headers(lines)]


@pytest.mark.parametrize(
    "title",
    [
        "Head, Production Engineering",
        "AGM, Industrial Engineering",
        "Deputy Manager, Process",
        "Senior Associate, Solutions Marketing",
        "Director, Retail and Logistics",
    ],
)
def test_an_area_of_work_behind_a_title_is_no_company(title: str) -> None:
    headers = read(f"{title} | Mula Gears, Pune, India", "Engineer | Mula Gears, Pune, India")
    assert headers == [(title, "Mula Gears", "Pune, India"), ("Engineer", "Mula Gears", "Pune, India")]


def test_a_company_called_after_its_area_of_work_is_one() -> None:
    assert read("Site Manager, Thornbury Engineering, Leeds") == [
        ("Site Manager", "Thornbury Engineering", "Leeds")
    ]


def test_the_town_of_a_region_that_is_not_known_stays_with_it() -> None:
    assert read(
        "Engineer | Thornbury Roads, Toronto, Ontario, Canada",
        "Trainee | City of Kingsbridge, Kingsbridge, Ontario, Canada",
    ) == [
        ("Engineer", "Thornbury Roads", "Toronto, Ontario, Canada"),
        ("Trainee", "City of Kingsbridge", "Kingsbridge, Ontario, Canada"),
    ]


def test_a_state_is_no_legal_form() -> None:
    assert read("Marketing Associate | Ledgerline Benefits, Denver, CO") == [
        ("Marketing Associate", "Ledgerline Benefits", "Denver, CO")
    ]


@pytest.mark.parametrize("place", ["Remote", "Remote (Tempe, AZ)"])
def test_remote_is_a_place_with_or_without_a_town(place: str) -> None:
    assert read(f"Advice Line Nurse | MesaLink Health Plan, {place}") == [
        ("Advice Line Nurse", "MesaLink Health Plan", place)
    ]


def test_titles_that_are_counted_are_titles() -> None:
    lines = [
        Line(text=text)
        for text in (
            "1) Housekeeping Supervisor", "Strait Beach Resort, Iloilo", "Oct 2022 - present", "2) Cook",
            "Pension Molo, Iloilo", "Jun 2010 - Nov 2013", "1) Planned the menus",
        )
    ]  # fmt: skip
    assert [line.text for line in with_listed_headers(lines[:-1])][::3] == ["Housekeeping Supervisor", "Cook"]
    assert with_listed_headers(lines) == lines


def test_a_word_of_a_title_that_is_a_label_elsewhere_belongs_to_the_title() -> None:
    assert read("Head of Department: Foundation Phase | Ridge Primary School, Durban") == [
        ("Head of Department: Foundation Phase", "Ridge Primary School", "Durban")
    ]
    assert read("Company: Acme Ltd, Position: Head of Department") == [
        ("Head of Department", "Acme Ltd", None)
    ]
