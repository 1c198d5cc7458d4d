"""The dates of issue and expiry in a line of a certificate, and what is left of the line without them."""

import re

from msgspec import Struct

from hotgigs.parser.dates import Period, find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.separators import bullet_text, trimmed
from hotgigs.parser.vocabulary import any_of, load

_WORDS = load("certifications")
_EXPIRY = re.compile(rf"(?<!\w){any_of(_WORDS['expiry'])}(?!\w):?\s*\(?$", re.IGNORECASE)
_EXPIRY_CHARS = 60
_DATE_WORDS = re.compile(rf"(?<!\w){any_of(_WORDS['issue'])}(?!\w):?\s{{0,2}}\(?$", re.IGNORECASE)
_NUMBER = re.compile(
    r"[\s,;|·(]{0,4}(?:(?<!\w)(?:licen[cs]e|credential|cert(?:ificate)?|registration|member(?:ship)?|lic|reg)\.?\s?"
    r"(?:no|nr|id|number)?\.?\s?[#:]\s?|#|"
    rf"(?<!\w){any_of(_WORDS['number'])}(?!\w)\.?\s?[:#]?)\s?(?=[\w-]{{0,20}}\d)\w[\w/-]{{2,29}}\)?",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    rf"(?:[,;|\t·/(–-]|(?<!\w){any_of((*_WORDS['issue'], *_WORDS['expiry']))}:?)\s*\(?$", re.IGNORECASE
)
_NAME_WITH_YEAR = re.compile(r"[^,(|\t·–—]*[^\W_] \d{4}")
"""Such as WHMIS 2015."""
_PREPOSITION = re.compile(
    r"(?<=\S)\s(?:in|on|am|im|en|em|le|el|il|nel|op|den|vom|on the|w|dated|du|del|de|per)\s{0,2}$",
    re.IGNORECASE,
)
"""What stands before a date and says nothing."""
_ENDLESS = re.compile(
    rf"[\s,;|·(–-]{{1,4}}(?<!\w){any_of(_WORDS['endless'])}(?=\s?(?:[,;|·)]|$))\)?", re.IGNORECASE
)
_LENGTH = re.compile(
    rf"[\s,;|·–-]{{1,4}}(?<!\w)\d{{1,4}}[\s-]?{any_of(_WORDS['lengths'])}(?=\s?(?:[,;|·]|$))", re.IGNORECASE
)
"""How long the course was."""
_SENTENCE_END = re.compile(r"(?<=[a-zß-öø-ÿ]{4})\.\s{0,9}$")
_GAP = re.compile(r"\s{0,9},(?:\s{1,9},)*\s{1,9}")
"""What a date between commas leaves."""
_OPEN_BRACKET = re.compile(r"\s?,\s{0,3}\)")


class Dated(Struct, frozen=True):
    """A line's text without its dates, and the dates."""

    text: str
    line: Line
    is_item: bool
    issued: str | None = None
    expires: str | None = None

    @property
    def has_date(self) -> bool:
        return self.issued is not None or self.expires is not None


def announces_expiry(text: str) -> bool:
    """Does it end with words such as "valid until"?"""
    return _EXPIRY.search(text) is not None


def is_date_line(text: str) -> bool:
    periods = find_periods(text)
    return bool(periods) and not without_dates(text, periods)


def dated_line(line: Line, *, dates_apart: bool) -> Dated:
    bullet = bullet_text(line.text)
    text = line.text if bullet is None else bullet
    periods = _own_dates(text, find_periods(text))
    bare = not any(period.start.month for period in periods)
    if bare and dates_apart and _NAME_WITH_YEAR.fullmatch(text) and without_dates(text, periods):
        periods = []
    issued = expires = None
    for period in periods:
        marked = _EXPIRY.search(text, max(0, period.begin - _EXPIRY_CHARS), period.begin)
        if marked:
            expires = str(period.start)
        else:
            issued = issued or str(period.start)
            expires = expires or (str(period.end) if period.end else None)
    is_item = bullet is not None or line.is_list_item
    return Dated(without_dates(text, periods), line, is_item, issued, expires)


def without_dates(text: str, periods: list[Period]) -> str:
    kept, last = [], 0
    for period in periods:
        kept.append(_DATE_WORDS.sub(" ", _EXPIRY.sub(" ", text[last : period.begin])))
        last = period.finish
    kept = [_PREPOSITION.sub(" ", piece) for piece in kept]
    text = " ".join((*kept, text[last:].removesuffix(".") if kept else text[last:]))
    text = _LENGTH.sub(" ", _ENDLESS.sub(" ", _NUMBER.sub(_without_number, text)))
    text = _GAP.sub(", ", _OPEN_BRACKET.sub(")", text))
    return trimmed(_SENTENCE_END.sub("", text))


def _own_dates(text: str, periods: list[Period]) -> list[Period]:
    """Without the bare years inside names such as WHMIS 2015, where other dates have months."""
    if not any(period.start.month for period in periods):
        return periods
    return [
        period
        for period in periods
        if period.start.month or _BEFORE_DATE.search(text, max(0, period.begin - _EXPIRY_CHARS), period.begin)
    ]


def _without_number(match: re.Match[str]) -> str:
    """A number at the begin is the name's own, such as that of the Brazilian norm NR-10."""
    begins = not match.string[: match.start()].strip() and match[0][:1].isalpha()
    return match[0] if begins and match.end() < len(match.string) else " "
