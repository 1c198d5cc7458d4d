"""Names of companies and institutions: the words and legal forms by which one is known."""

import re
from functools import lru_cache

from hotgigs.parser.vocabulary import load

_VOCABULARY = load("organisations")
_LEGAL_FORMS = frozenset(_VOCABULARY["legal_forms"])
_WORDS = frozenset(_VOCABULARY["words"])
_ENDINGS = tuple(_VOCABULARY["endings"])
_WORD = re.compile(r"[^\W\d_][\w-]*")


def is_legal_form(text: str) -> bool:
    return text.casefold().strip(" .") in _LEGAL_FORMS


@lru_cache(maxsize=4096)
def ends_with_legal_form(text: str) -> bool:
    """``Acme GmbH``, ``Acme Pvt. Ltd.``, ``Acme sp. z o.o.``; not a legal form alone."""
    words = text.casefold().split()
    return any(
        " ".join(words[-count:]).strip(" .,") in _LEGAL_FORMS for count in (1, 2, 3) if len(words) > count
    )


@lru_cache(maxsize=4096)
def names_organisation(text: str) -> bool:
    """Does one of its words name a kind of organisation, or does it end with a legal form?"""
    if ends_with_legal_form(text):
        return True
    return any(
        word in _WORDS or (len(word) > 6 and word.endswith(_ENDINGS))
        for word in _WORD.findall(text.casefold())
    )
