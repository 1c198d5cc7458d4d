"""Where in a text telephone numbers stand; pure."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from msgspec import Struct

from hotgigs.redaction.reading import Span

_TELLING = 6
"""Digits in a row that are not to be seen of a person's own number."""
_WIDEST_GAP = 4
"""What may stand between two digits of one number, such as `) - `, in characters that are no letters."""
_WIDEST_OWN_GAP = 20
"""The same of a number that is known: leaders and line breaks do not hide it."""
_FEWEST = 7
"""Digits of anybody's number; fewer are left alone, as postcodes are."""

_LIKELY = ("GB", "IN", "US")
"""How numbers without a country are read where the candidate's own tells none."""

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:\d{1,2}[./-])?"
_NO_PHONE = re.compile(
    rf"{_MONTH}{_MONTH}{_YEAR}\s?[-–—/]\s?{_MONTH}{_MONTH}{_YEAR}"  # from and to
    rf"|{_YEAR}[-./]\d\d?(?:[-./]\d\d?)?(?:\s?[-–—/]\s?{_YEAR}[-./]\d\d?(?:[-./]\d\d?)?)?"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}"
    rf"|{_YEAR}(?:[\s,;/]+{_YEAR})+"
    r"|\d{2,3}[.,]?000\s?[-–—]\s?\d{2,3}[.,]?000"  # a salary, from and to
    r"|\d{5}-\d{4}"  # a postcode
    r"|\d+(?:\.\d+){2,}"  # versions; who writes a number so writes the candidate's own, or a plus sign
)
_AROUND = "() "


class _Digit(Struct, frozen=True):
    at: int
    value: str


class Effort(Struct):
    """How many more characters in rows of digits are looked at closely, which takes a tenth of a millisecond
    each. A resume has some hundreds; what goes beyond is hidden, row by row."""

    left: int = 5_000


class PhoneNumbers:
    """Any, read as in the countries of ``phones``, and what has six digits in a row of one of these."""

    def __init__(self, phones: Sequence[str]) -> None:
        self._telling = {
            digits[at : at + _TELLING]
            for digits in ("".join(digit.value for digit in _digits(phone)) for phone in phones)
            for at in range(len(digits) - _TELLING + 1)
        }
        known = [region for region in map(_region, phones) if region is not None]
        self._regions = [None, *sorted(set(known or _LIKELY))]

    def spans(self, text: str, effort: Effort) -> Iterator[Span]:
        digits = _digits(text)
        for run in _runs(text, digits, _WIDEST_OWN_GAP):
            yield from self._own(run)
        for run in _runs(text, digits, _WIDEST_GAP):
            if len(run) >= _FEWEST:
                # A sign or bracket may go before the digits.
                yield from self._anybodys(text, max(0, run[0].at - 3), run[-1].at + 1, effort)

    def _own(self, run: Sequence[_Digit]) -> Iterator[Span]:
        digits = "".join(digit.value for digit in run)
        for at in range(len(run) - _TELLING + 1):
            if digits[at : at + _TELLING] in self._telling:
                yield run[at].at, run[at + _TELLING - 1].at + 1

    def _anybodys(self, text: str, start: int, end: int, effort: Effort) -> Iterator[Span]:
        part = text[start:end]
        if "+" not in part and _NO_PHONE.fullmatch(part.strip(_AROUND)):
            return
        effort.left -= len(part)
        if effort.left < 0:
            yield start, end
            return
        for region in self._regions:
            for match in phonenumbers.PhoneNumberMatcher(part, region):
                if "+" in match.raw_string or not _NO_PHONE.fullmatch(match.raw_string.strip(_AROUND)):
                    yield start + match.start, start + match.end


def _digits(text: str) -> list[_Digit]:
    """In whatever script."""
    return [_Digit(at, str(int(char))) for at, char in enumerate(text) if char.isdecimal()]


def _runs(text: str, digits: Sequence[_Digit], widest_gap: int) -> Iterator[list[_Digit]]:
    """Digits with nothing but a few signs between them, where they are enough to tell."""
    run: list[_Digit] = []
    for digit in digits:
        if run:
            gap = text[run[-1].at + 1 : digit.at]
            if len(gap) > widest_gap or any(map(str.isalnum, gap)):
                if len(run) >= _TELLING:
                    yield run
                run = []
        run.append(digit)
    if len(run) >= _TELLING:
        yield run


def _region(phone: str) -> str | None:
    try:
        region: str | None = phonenumbers.region_code_for_number(phonenumbers.parse(phone, None))
    except phonenumbers.NumberParseException:
        return None
    return region
