"""What somebody sends to post or change a job: the shape of its body, and what it means; pure."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from hotgigs.contracts.job_state import EducationLevel, JobPosting, JobStatus, MatchWeights
from hotgigs.gateway.changes.plain_text import Line, Name, Text, trimmed

Years = Annotated[float, Meta(ge=0, le=80)]
Skills = Annotated[list[Name], Meta(max_length=100)]
Weight = Annotated[float, Meta(ge=0, le=1_000_000)]


class GivenWeights(Struct, kw_only=True, forbid_unknown_fields=True):
    """How much each part counts, in proportion to the others; what is left out counts for nothing."""

    skill: Weight = 0.0
    experience: Weight = 0.0
    education: Weight = 0.0
    location: Weight = 0.0


class GivenPosting(Struct, kw_only=True, forbid_unknown_fields=True):
    """Where no skills are required, those are that the description asks for. Without `weights` the parts of
    a match count as everywhere: skill 0.45, experience 0.30, education 0.15, location 0.10."""

    title: Name
    company_name: Line | None = None
    location: Line | None = None
    remote: bool = False
    description: Text = ""
    required_skills: Skills = []
    preferred_skills: Skills = []
    min_years: Years | None = None
    max_years: Years | None = None
    education_level: EducationLevel = "none"
    weights: GivenWeights | None = None


class NewJob(GivenPosting, kw_only=True, forbid_unknown_fields=True):
    status: JobStatus = "open"


class ChangedJob(GivenPosting, kw_only=True, forbid_unknown_fields=True):
    """The whole job, as for a new one; without `status` it stays open, or closed."""

    status: JobStatus | UnsetType = UNSET


class ContradictoryPosting(ValueError):
    """What is asked for cannot be."""


def posting_of(given: GivenPosting) -> JobPosting:
    """Raises ContradictoryPosting."""
    if given.min_years is not None and given.max_years is not None and given.min_years > given.max_years:
        raise ContradictoryPosting("max_years: write as many as min_years, or more.")
    required = _skills(given.required_skills)
    return JobPosting(
        title=given.title.strip(),
        company_name=trimmed(given.company_name),
        location=trimmed(given.location),
        remote=given.remote,
        description=given.description.strip(),
        required_skills=required,
        preferred_skills=_skills(given.preferred_skills, but=required),
        min_years=given.min_years,
        max_years=given.max_years,
        education_level=given.education_level,
        weights=None if given.weights is None else _weights(given.weights),
    )


def _skills(names: Iterable[str], *, but: Iterable[str] = ()) -> tuple[str, ...]:
    """Each once, however it is written, under its first name."""
    known = {name.casefold() for name in but}
    skills: dict[str, str] = {}
    for name in names:
        written = " ".join(name.split())
        skills.setdefault(written.casefold(), written)
    return tuple(name for key, name in skills.items() if key not in known)


def _weights(given: GivenWeights) -> MatchWeights:
    total = given.skill + given.experience + given.education + given.location
    if not total:
        raise ContradictoryPosting("weights: let at least one part count.")
    return MatchWeights(**{name: part / total for name, part in msgspec.structs.asdict(given).items()})
