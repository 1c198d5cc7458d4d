"""Telephone numbers, to E.164 where the country is known."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from hotgigs.parser.vocabulary import any_of, load

_NUMBER = re.compile(r"(?<![\w./-])(?:\+|00)?\s?\(?\d[\d\s().\-/–]{5,22}\d(?!\w)")
_NOT_A_PHONE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|\d{1,2}[./]\d{4}\s?[-–]\s?\d{1,2}[./]\d{4}|(?:\d{4}-){3}\d{3,4}|(?<!\d)(?:19|20)\d\d[-/.]\d\d[-/.]\d\d(?!\d)"
)
_OTHER_NUMBER = re.compile(
    rf"(?<!\w){any_of(load('labels')['other_numbers']['labels'])}(?:\s(?:no|number|nr)\.?)?\s?[:.#]?\s*$",
    re.IGNORECASE,
)
_LABEL_CHARS = 20
_TRUNK_ZERO = re.compile(r"\(0\)")


def find_numbers(text: str) -> Iterator[str]:
    """What looks like a telephone number, as printed."""
    for match in _NUMBER.finditer(text):
        digits = sum(char.isdigit() for char in match[0])
        if _OTHER_NUMBER.search(text, max(0, match.start() - _LABEL_CHARS), match.start()):
            continue
        if 8 <= digits <= 15 and (match[0][0] == "+" or not _NOT_A_PHONE.search(match[0])):
            yield match[0].strip()


def best_number(printed: Sequence[str], countries: Sequence[str]) -> str | None:
    """The first number that is valid in one of the countries (ISO codes), else possible there, in E.164.

    As printed, the first of all, where no country fits.
    """
    ranked = [
        (rank, -index, number)
        for index, each in enumerate(printed)
        for rank, number in [_ranked(each, countries)]
    ]
    return max(ranked)[2] if ranked else None


def _ranked(printed: str, countries: Sequence[str]) -> tuple[int, str]:
    """2 with E.164 where the number is valid, 1 with E.164 where it is possible, 0 with it as printed."""
    if printed.startswith("00"):
        printed = "+" + printed[2:]
    if printed.startswith("+"):
        printed = _TRUNK_ZERO.sub("", printed)
    possible = None
    for country in (None,) if printed.startswith("+") else countries:
        try:
            number = phonenumbers.parse(printed, country)
        except phonenumbers.NumberParseException:
            continue
        formatted = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        if phonenumbers.is_valid_number(number):
            return 2, formatted
        if possible is None and phonenumbers.is_possible_number(number):
            possible = formatted
    return (1, possible) if possible else (0, printed)
