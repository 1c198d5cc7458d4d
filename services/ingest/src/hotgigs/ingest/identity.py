"""By what a second resume is recognised as the same person's; pure."""

from msgspec import Struct

from hotgigs.contracts.resume_data import ResumeData


class Identity(Struct, frozen=True, kw_only=True):
    """Two resumes in one database are the same person's when the mail address is the same, or phone
    and name both are. All in a form that compares: lower case, single spaces."""

    email: str | None
    phone: str | None
    full_name: str | None


def identity_of(data: ResumeData) -> Identity:
    return Identity(
        email=_folded(data.email),
        phone=_folded(data.phone),
        full_name=_folded(data.full_name),
    )


def _folded(text: str | None) -> str | None:
    return " ".join(text.casefold().split()) or None if text else None
