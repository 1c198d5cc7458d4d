"""What may be edited by hand of a candidate's profile."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, Skill

EditableField = Literal[
    "full_name",
    "email",
    "phone",
    "location",
    "title",
    "current_company",
    "summary",
    "experience",
    "education",
    "skills",
    "certifications",
    "languages",
    "total_experience_years",
]


class ProfileEdits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """By the names of a profile's fields. An unset one is not edited; None is a field that was emptied."""

    full_name: str | UnsetType | None = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    location: str | UnsetType | None = UNSET
    title: str | UnsetType | None = UNSET
    current_company: str | UnsetType | None = UNSET
    summary: str | UnsetType | None = UNSET
    experience: tuple[Experience, ...] | UnsetType = UNSET
    education: tuple[Education, ...] | UnsetType = UNSET
    skills: tuple[Skill, ...] | UnsetType = UNSET
    certifications: tuple[Certification, ...] | UnsetType = UNSET
    languages: tuple[Language, ...] | UnsetType = UNSET
    total_experience_years: float | UnsetType = UNSET
