"""Degrees and certificates as a model reads them and the document prints them.

The key of a degree is its name, or else its school's; that of a certificate its name. The other fields
must be printed within `NEAR_LINES` of the key, in its section.
"""

import re
from collections.abc import Sequence

from hotgigs.contracts.resume_data import Certification, Education
from hotgigs.parser.certifications import MAX_CERTIFICATIONS
from hotgigs.parser.education import MAX_DEGREES
from hotgigs.parser.refining.answer_schema import ASKED
from hotgigs.parser.refining.printed_entries import (
    NEAR_LINES,
    Placed,
    date_near,
    found_near,
    put_together,
    value_near,
    with_values,
)
from hotgigs.parser.refining.printed_text import Found, PrintedText
from hotgigs.parser.separators import trimmed

_DEGREES_IN = frozenset({"education", "training", "other", "top"})
_CERTIFICATES_IN = frozenset({"certifications", "training", "education", "other", "top"})


def refine_education(
    local: Sequence[Education], said: Sequence[Education], text: PrintedText
) -> tuple[Education, ...]:
    return put_together(
        local,
        {n: Placed(keys, entry) for n, entry in enumerate(local) if any(keys := _degree_keys(entry, text))},
        [
            Placed(keys, _degree(entry, keys, text))
            for entry in said
            if any(keys := _degree_keys(entry, text))
        ],
        lambda old, new: with_values(old, new, ASKED[Education]),
    )[:MAX_DEGREES]


def _degree_keys(entry: Education, text: PrintedText) -> tuple[Found | None, Found | None]:
    """Of the degree and its school: the first two that stand together, else the first of one of them."""
    degrees = text.find(trimmed(entry.degree or ""), kinds=_DEGREES_IN)
    schools = text.find(trimmed(entry.institution or ""), kinds=_DEGREES_IN)
    for degree in degrees:
        school = found_near(entry.institution, degree.line, text)
        if school:
            return degree, school
    return (degrees[0], None) if degrees else (None, schools[0] if schools else None)


def _degree(entry: Education, keys: Sequence[Found | None], text: PrintedText) -> Education:
    degree, school = keys
    line = next(key.line for key in keys if key)
    return Education(
        degree=text.printed(degree) if degree else None,
        institution=text.printed(school) if school else None,
        location=value_near(entry.location, line, text),
        graduation_date=date_near(entry.graduation_date, line, text),
        gpa=_grade_near(entry.gpa, line, text),
    )


def _grade_near(grade: str | None, line: int, text: PrintedText) -> str | None:
    """A number, mark by mark: "1.5" is not "15"."""
    if not grade or not grade.strip():
        return None
    pattern = re.compile(rf"(?<![\w.,]){re.escape(grade.strip())}(?!\w|[.,]\d)", re.IGNORECASE)
    for number, printed in enumerate(text.lines):
        if abs(number - line) <= NEAR_LINES and text.same_section(number, line):
            match = pattern.search(printed.text)
            if match:
                return match[0]
    return None


def refine_certifications(
    local: Sequence[Certification], said: Sequence[Certification], text: PrintedText
) -> tuple[Certification, ...]:
    return put_together(
        local,
        {n: Placed((key,), one) for n, one in enumerate(local) if (key := _certificate_key(one, text))},
        [
            Placed((key,), _certificate(one, key, text))
            for one in said
            if (key := _certificate_key(one, text))
        ],
        lambda old, new: with_values(old, new, ASKED[Certification]),
    )[:MAX_CERTIFICATIONS]


def _certificate_key(certificate: Certification, text: PrintedText) -> Found | None:
    found = text.find(trimmed(certificate.name), kinds=_CERTIFICATES_IN)
    beside = [one for one in found if found_near(certificate.issuer, one.line, text)]
    return next(iter(beside or found), None)


def _certificate(certificate: Certification, key: Found, text: PrintedText) -> Certification:
    return Certification(
        name=text.printed(key),
        issuer=value_near(certificate.issuer, key.line, text),
        issue_date=date_near(certificate.issue_date, key.line, text),
        expiry_date=date_near(certificate.expiry_date, key.line, text),
    )
