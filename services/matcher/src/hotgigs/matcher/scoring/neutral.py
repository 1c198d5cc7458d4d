"""Texts without what a score must not know of: names, contact, gender, age, nationality."""

import re
from collections.abc import Iterable
from functools import lru_cache

from hotgigs.skills.vocabulary import known_skill

_CONTACT = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\+?\d[\d ().-]{7,}\d")
_PERSONAL = re.compile(
    r"^\W*(?:"
    r"(?:nationality|citizenship|citizen of|date of birth|birth ?date|birthday|d\.?o\.?b\.?|marital status"
    r"|nationalität|staatsangehörigkeit|geburtsdatum|geboren am|geschlecht|familienstand|nationalité|née? le"
    r"|date de naissance|état civil|nacionalidad|estado civil|fecha de nacimiento|nacionalidade"
    r"|born (?:on|in))"
    r"(?:\s*[:=–-].*|(?:\s[\w.,/-]+){0,3})"
    r"|(?:age|aged|gender|sex|religion|photo|photograph|born|âge|sexe|edad|sexo|idade|alter)"
    r"(?:\s*[:=].*|(?:\s\d{1,2}(?:\syears?(?:\sold)?)?)?)"
    r"|(?:married|single|divorced|widowed|male|female|verheiratet|ledig|célibataire|mariée?|casad[oa]|solter[oa])"
    r"(?:\s*[,;(|].*)?"
    r")\W*$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b\d{2}[- ]years?[- ]old\b|\baged? \d{2}\b", re.IGNORECASE)
_GENDERED = re.compile(
    # As words are written: HIS, HE and SHE are systems, schools and safety, and an MS is a degree.
    r"\b(?:(?P<they>[Hh]e|[Ss]he)|(?P<their>[Hh]i[ms]|[Hh]ers?)|(?P<self>[Hh]imself|[Hh]erself)"
    r"|Mrs?|Ms|Mx|Miss|Sir|Madam|Herr|Frau|Monsieur|Madame|Mme|Señora?|[Mm]ale|[Ff]emale)\b\.?"
)
_TITLES = {
    "chairman": "chair",
    "chairwoman": "chair",
    "foreman": "site supervisor",
    "forewoman": "site supervisor",
    "salesman": "salesperson",
    "saleswoman": "salesperson",
    "waitress": "waiter",
    "stewardess": "steward",
    "hostess": "host",
    "headmistress": "headteacher",
    "headmaster": "headteacher",
    "businessman": "businessperson",
    "businesswoman": "businessperson",
    "craftsman": "craftsperson",
    "draftsman": "drafter",
    "draughtsman": "drafter",
}
_TITLED = re.compile(rf"\b(?:{'|'.join(_TITLES)})\b", re.IGNORECASE)
_BETWEEN = r"\W{1,3}(?:\w\W{1,3})?"
"""Of two words of a name, an initial perhaps."""
_WORDS_TOO = re.compile(
    r"april|august|baker|bill|bishop|butler|carpenter|chase|cook|dean|drew|driver|english|farmer|fields|fisher"
    r"|french|gardener|german|grant|hunter|june|law|lead|long|mark|mason|may|miller|page|painter|pierce|porter"
    r"|price|sales|shepherd|short|smith|spring|summer|taylor|waiter|ward|will|winter|young",
    re.IGNORECASE,
)
"""Parts of names that are as likely something else in a text about work."""
_LONGEST = 2_000
"""Characters of one text."""
_LONGEST_PERSONAL = 80


@lru_cache(maxsize=256)
def _own(full_name: str, in_parts: bool) -> re.Pattern[str] | None:
    """The whole name in any case; its parts as names are written, but none that names a skill or trade: who
    is called Ruby does not lose hers."""
    words = re.findall(r"\w{2,40}", full_name)[:8]
    named = [f"(?i:{_BETWEEN.join(map(re.escape, words))})"] if len(words) > 1 else []
    if in_parts:
        parts = [word for word in words if not _WORDS_TOO.fullmatch(word) and not known_skill(word)]
        forms = {form for word in parts for form in (word.capitalize(), word.upper())}
        named += sorted(map(re.escape, forms), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(named)})\b(?:['’]s\b)?") if named else None


def neutral(text: str, full_name: str | None, *, is_prose: bool = False) -> str:
    """Single-spaced, without the person's name and contact, and with words that tell a gender replaced; empty
    for a line about age, gender, nationality or the like. Of prose a part of the name goes too."""
    text = text[:_LONGEST]
    if len(text) < _LONGEST_PERSONAL and _PERSONAL.match(text):
        return ""
    own = _own(full_name[:200], is_prose) if full_name else None
    if own is not None:
        text = own.sub(" ", text)
    text = _CONTACT.sub(" ", text)
    text = _AGED.sub(" ", text)
    text = _GENDERED.sub(_plain, text)
    text = _TITLED.sub(_title, text)
    return " ".join(text.split())


def neutral_all(texts: Iterable[str | None], full_name: str | None, *, are_prose: bool = False) -> list[str]:
    """Those of which something is left."""
    return [plain for text in texts if text and (plain := neutral(text, full_name, is_prose=are_prose))]


def _plain(found: re.Match[str]) -> str:
    if found["they"]:
        return "they"
    if found["their"]:  # him too, since one her stands for both
        return "their"
    return "themselves" if found["self"] else ""


def _title(found: re.Match[str]) -> str:
    title = _TITLES[found[0].lower()]
    return title.capitalize() if found[0][0].isupper() else title
