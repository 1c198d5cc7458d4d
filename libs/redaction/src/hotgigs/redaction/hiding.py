"""What somebody sees of a candidate whose contact is not for them: mail addresses and telephone numbers are
hidden wherever they stand; pure.

The candidate's own are found in any notation, those of others where they look like one.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Evidence, ResumeData
from hotgigs.redaction.mail import MailAddresses
from hotgigs.redaction.phones import Effort, PhoneNumbers
from hotgigs.redaction.reading import reading_of

HIDDEN = "[hidden]"

_POINTERS = ("/email", "/phone")

T = TypeVar("T")


class Contact(Struct, frozen=True, kw_only=True):
    """What is to be hidden: all that any resume of the candidate has, and what was edited. ``names`` are the
    candidate's, which may be all that there is to a mail address's local part."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def contact_of(*sources: CandidateProfile | ResumeData) -> Contact:
    """All of theirs together."""
    return Contact(
        emails=_distinct(source.email for source in sources),
        phones=_distinct(source.phone for source in sources),
        names=_distinct(source.full_name for source in sources),
    )


def redacted_text(text: str, contact: Contact) -> str:
    return _redacted_text(text, contact, Effort())


def redacted_profile(profile: CandidateProfile, contact: Contact) -> CandidateProfile:
    """Without mail address and telephone number; ``contact`` is what else to hide beside its own."""
    contact = _together(contact, contact_of(profile))
    return _redacted(msgspec.structs.replace(profile, email=None, phone=None), contact)


def redacted_data(data: ResumeData, contact: Contact) -> ResumeData:
    """As `redacted_profile`; without the evidence of what is hidden."""
    contact = _together(contact, contact_of(data))
    evidence: dict[str, Evidence] | msgspec.UnsetType = UNSET
    if data.evidence is not UNSET:
        evidence = {
            pointer: found
            for pointer, found in data.evidence.items()
            if pointer not in _POINTERS and not pointer.startswith(tuple(f"{each}/" for each in _POINTERS))
        }
    return _redacted(msgspec.structs.replace(data, email=None, phone=None, evidence=evidence), contact)


def _redacted(value: T, contact: Contact) -> T:
    effort = Effort()

    def walked(node: Any) -> Any:
        match node:
            case str():
                return _redacted_text(node, contact, effort)
            case dict():
                return {key: walked(each) for key, each in node.items()}
            case list() | tuple():
                return [walked(each) for each in node]
            case _:
                return node

    return msgspec.convert(walked(msgspec.to_builtins(value)), type(value))


def _redacted_text(text: str, contact: Contact, effort: Effort) -> str:
    mails, phones = _finders(contact)
    reading = reading_of(text)
    spans = sorted([*mails.spans(reading.text), *phones.spans(reading.text, effort)])
    parts: list[str] = []
    shown_to = 0
    for start, end in (reading.span(*span) for span in spans):
        if start >= shown_to and not (parts and start == shown_to):
            parts += [text[shown_to:start], HIDDEN]
        shown_to = max(shown_to, end)
    return "".join([*parts, text[shown_to:]]) if parts else text


def _together(one: Contact, other: Contact) -> Contact:
    return Contact(
        emails=_distinct((*one.emails, *other.emails)),
        phones=_distinct((*one.phones, *other.phones)),
        names=_distinct((*one.names, *other.names)),
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=64)
def _finders(contact: Contact) -> tuple[MailAddresses, PhoneNumbers]:
    return MailAddresses(contact.emails, contact.names), PhoneNumbers(contact.phones)
