"""A part of the matching set: its people, its postings and the grade of every pair."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

HERE = Path(__file__).parent
PARTS = ("develop", "unseen")

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Year = Annotated[str, Meta(pattern=r"^\d{4}$")]
Text = Annotated[str, Meta(pattern=r"^\S(.*\S)?$")]
Grade = Annotated[int, Meta(ge=0, le=3)]


class Job(Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    company: Text
    location: Text
    start_date: Month
    end_date: Month | None
    current: bool
    bullets: list[Text]


class Study(Struct, frozen=True, forbid_unknown_fields=True):
    degree: Text
    institution: Text
    graduation_date: Year


class Candidate(Struct, frozen=True, forbid_unknown_fields=True):
    """``experience`` is newest first; ``location`` ends with the country."""

    id: Text
    full_name: Text
    email: Text
    phone: Text
    location: Text
    title: Text
    summary: Text
    experience: list[Job]
    education: list[Study]
    skills: list[Text]
    certifications: list[Text]


class Posting(Struct, frozen=True, forbid_unknown_fields=True):
    """``location`` ends with the country unless the posting is remote; no ``required_skills``: the must-haves
    are told in ``description`` only."""

    id: Text
    title: Text
    company_name: Text
    location: Text
    remote: bool
    description: Text
    required_skills: list[Text]
    preferred_skills: list[Text]
    min_years: int | None
    max_years: int | None
    education_level: Literal["none", "high_school", "associate", "bachelor", "master", "doctorate"]


class Part(Struct, frozen=True):
    """``grades`` by posting, then by candidate."""

    candidates: list[Candidate]
    postings: list[Posting]
    grades: dict[str, dict[str, Grade]]
    rationale: str


def read(name: str) -> Part:
    """Raises msgspec.ValidationError where a file is of another shape."""
    folder = HERE / name
    return Part(
        candidates=msgspec.json.decode((folder / "candidates.json").read_bytes(), type=list[Candidate]),
        postings=msgspec.json.decode((folder / "jobs.json").read_bytes(), type=list[Posting]),
        grades=msgspec.json.decode((folder / "qrels.json").read_bytes(), type=dict[str, dict[str, Grade]]),
        rationale=(folder / "rationale.md").read_text("utf-8"),
    )
