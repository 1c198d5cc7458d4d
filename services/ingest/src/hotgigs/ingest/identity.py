"""By what a person is recognised in a second resume; pure."""

import re
from collections.abc import Iterable
from unicodedata import combining, decimal, normalize

from msgspec import Struct

FEWEST_DIGITS = 6
"""Of a phone number: fewer are an extension, or a slip."""


class Identity(Struct, frozen=True, kw_only=True):
    """All in forms that compare. Two are of one person when the mail address is the same, unless both have
    names that share no word (then the address is an agency's), or when phone and name both are."""

    email: str | None = None
    """Lower case, single spaces."""
    phone: str | None = None
    """Digits, without the zeros that may stand for the plus sign."""
    name_words: tuple[str, ...] = ()
    """Each once, in order, lower case and without accents; empty where there is no name."""

    def is_of_nobody(self) -> bool:
        return self == Identity()


def is_evidently_another(identity: Identity, known: Iterable[Identity]) -> bool:
    """Whether a new version of a person's resume is somebody else's, written over it: the names share no
    word with any that is ``known`` of the person, and neither mail nor phone is one of theirs."""
    theirs = list(known)
    words = {word for each in theirs for word in each.name_words}
    return (
        bool(identity.name_words and words)
        and words.isdisjoint(identity.name_words)
        and (identity.email is None or identity.email not in {each.email for each in theirs})
        and (identity.phone is None or identity.phone not in {each.phone for each in theirs})
    )


def identity_of(*, email: str | None, phone: str | None, full_name: str | None) -> Identity:
    return Identity(email=_mail(email or ""), phone=_digits(phone or ""), name_words=_words(full_name or ""))


def _mail(text: str) -> str | None:
    return " ".join(text.casefold().split()) or None


def _digits(text: str) -> str | None:
    digits = "".join(str(decimal(each)) for each in text if each.isdecimal()).removeprefix("00")
    return digits if len(digits) >= FEWEST_DIGITS else None


def _words(text: str) -> tuple[str, ...]:
    plain = "".join(each for each in normalize("NFKD", text.casefold()) if not combining(each))
    return tuple(sorted(set(re.findall(r"[^\W_]+", plain.casefold()))))
