"""What a PATCH of a candidate asks for: the shape of its body, and what it means; pure."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from hotgigs.contracts.profile_edits import EditableField, ProfileEdits
from hotgigs.gateway.changes.plain_text import Line, Name, Text, trimmed
from hotgigs.gateway.patterns import MAIL_ADDRESS_OR_NOTHING, MONTH, PHONE_NUMBER

Month = Annotated[str, Meta(pattern=MONTH, description="YYYY-MM, or YYYY")]
MailAddress = Annotated[str, Meta(max_length=254, pattern=MAIL_ADDRESS_OR_NOTHING)]
PhoneNumber = Annotated[str, Meta(max_length=50, pattern=PHONE_NUMBER)]
Years = Annotated[float, Meta(ge=0, le=80)]

_MANY = Meta(max_length=200)


class EditedExperience(Struct, kw_only=True):
    title: Line | None = None
    company: Line | None = None
    location: Line | None = None
    start_date: Month | None = None
    end_date: Month | None = None
    current: bool = False
    description: Text | None = None
    achievements: Annotated[list[Text], Meta(max_length=100)] = []


class EditedEducation(Struct, kw_only=True):
    degree: Line | None = None
    institution: Line | None = None
    location: Line | None = None
    graduation_date: Month | None = None
    gpa: Line | None = None


class EditedSkill(Struct, kw_only=True):
    name: Name
    canonical: Line | None = None
    category: Line | None = None
    proficiency: Line | None = None


class EditedCertification(Struct, kw_only=True):
    name: Name
    issuer: Line | None = None
    issue_date: Month | None = None
    expiry_date: Month | None = None


class EditedLanguage(Struct, kw_only=True):
    name: Name
    proficiency: Line | None = None


class ProfileChange(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is not sent stays; null, and a text of nothing, empties a field. ``reset`` names fields that
    are to follow the resume again."""

    full_name: Line | UnsetType | None = UNSET
    email: MailAddress | UnsetType | None = UNSET
    phone: PhoneNumber | UnsetType | None = UNSET
    location: Line | UnsetType | None = UNSET
    title: Line | UnsetType | None = UNSET
    current_company: Line | UnsetType | None = UNSET
    summary: Text | UnsetType | None = UNSET
    experience: Annotated[list[EditedExperience], _MANY] | UnsetType = UNSET
    education: Annotated[list[EditedEducation], _MANY] | UnsetType = UNSET
    skills: Annotated[list[EditedSkill], Meta(max_length=500)] | UnsetType = UNSET
    certifications: Annotated[list[EditedCertification], _MANY] | UnsetType = UNSET
    languages: Annotated[list[EditedLanguage], _MANY] | UnsetType = UNSET
    total_experience_years: Years | UnsetType = UNSET
    reset: Annotated[list[EditableField], Meta(max_length=50)] = []


class Contradiction(ValueError):
    """A field is edited and reset at once."""


def edits_of(change: ProfileChange) -> tuple[ProfileEdits, tuple[EditableField, ...]]:
    """The edits, and the fields to reset. Raises Contradiction."""
    edited: dict[str, Any] = {
        field: _trimmed(value) for field, value in msgspec.to_builtins(change).items() if field != "reset"
    }
    reset = tuple(dict.fromkeys(change.reset))
    if both := sorted(edited.keys() & set(reset)):
        raise Contradiction(f"{', '.join(both)}: either edit a field or reset it, not both.")
    return msgspec.convert(edited, ProfileEdits), reset


def _trimmed(value: Any) -> Any:
    return trimmed(value) if isinstance(value, str) else value
