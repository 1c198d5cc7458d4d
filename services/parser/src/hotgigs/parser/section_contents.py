"""What a section holds, told from its text where its heading does not tell."""

import re
from collections.abc import Iterable, Sequence

from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.headings import SectionKind
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.roles import names_role
from hotgigs.parser.separators import bullet_text
from hotgigs.parser.vocabulary import any_of, load
from hotgigs.skills.vocabulary import known_skill

_EDUCATION, _SKILLS = load("education"), load("skills")
_CERTIFIED = re.compile(
    rf"(?<!\w){any_of(load('certifications')['clues'])}|\w{{3,30}}schein(?!\w)", re.IGNORECASE
)
_LONG_DEGREES = [word for word in _EDUCATION["degrees"] if len(word) > 4]
_SHORT_DEGREE = r"\b(?:B\.?|M\.?)(?:A|Sc?|Eng|Tech|Com|Ed)\b\.?(?=[ ,(])"
_STUDIED = re.compile(rf"(?<!\w){any_of(_LONG_DEGREES)}(?!\w)|{_SHORT_DEGREE}", re.IGNORECASE)
_SCHOOL = re.compile(
    rf"(?<!\w)(?:{any_of((*_LONG_DEGREES, *_EDUCATION['institutions']))})(?!\w)"
    rf"|\w{{3,30}}{any_of(_EDUCATION['endings'])}(?!\w)"
    rf"|{_SHORT_DEGREE}",
    re.IGNORECASE,
)
_PLACE_OF_STUDY = re.compile(
    r"universi|colleg|\bschool|schule|gymnasi|lyc[ée]e|\b[ée]cole|escuela|escola|coleg|polytech|politéc|facul",
    re.IGNORECASE,
)
_SPOKEN = re.compile(rf"(?:{any_of(_SKILLS['spoken']['languages'])})(?!\w)", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d_][\w .'’/&-]{1,30}(?:\s?:|\t)\s*\S")
_ITEM_ENDS = re.compile(r"[,;|•·\t]|\s[–—-]\s")
_PUBLISHED = re.compile(
    r"[“”„«»\"]|\bet al\b|\bpp?\.\s?\d|\bvol\b|\bdoi\b|\barxiv\b|\bjournal\b|\bproc(?:\.|eedings\b)|\bisbn\b"
    r"|\b[^\W\d_]{2,20},? (?-i:[A-Z]\.|[A-Z]{1,2}[,.;])|\d{1,4};\s?\d{1,4}|\d:\d|\(in press\)|\bpress[,.]",
    re.IGNORECASE,
)
"""Marks of a work's reference: quotes, initials, volumes and pages."""
_MAX_LINES = 200
_MAX_HEADER_CHARS = 120
_MAX_ENTRY_LINES = 3
_ENOUGH_SKILLS = 3
_ENOUGH_ITEMS = 4
_ITEM_WORDS = 5
_ENOUGH_LABELS = 3
_MIN_SENTENCE_WORDS = 14


def kind_by_content(lines: Sequence[Line]) -> SectionKind | None:
    """The kind that a section's dates, roles, degrees, languages or known skills speak for."""
    texts = [bullet_text(line.text) or line.text for line in lines[:_MAX_LINES]]
    if not texts:
        return None
    if 2 * sum(_SPOKEN.match(text) is not None for text in texts) > len(texts):
        return "languages"
    headers = [
        text
        for text, line in zip(texts, lines, strict=False)
        if len(text) <= _MAX_HEADER_CHARS and not line.is_list_item and text == line.text
    ]
    return _kind_by_entries(headers) or _kind_by_items(texts)


def tells_of_jobs(lines: Sequence[Line]) -> bool:
    return kind_by_content(lines) == "experience"


def names_school(lines: Sequence[Line]) -> bool:
    return any(_PLACE_OF_STUDY.search(line.text) for line in lines[:_MAX_LINES])


def _kind_by_entries(headers: Sequence[str]) -> SectionKind | None:
    """Of the lines that may head an entry."""
    periods = [text for text in headers if any(period.is_range for period in find_periods(text))]
    schools = sum(_SCHOOL.search(text) is not None for text in headers)
    roles = sum(names_role(text) for text in headers)
    companies = sum(names_organisation(text) and not _SCHOOL.search(text) for text in headers)
    if periods and roles + companies > schools and roles:
        return "experience"
    if schools and schools >= roles and any(map(find_periods, headers)):
        return "education"
    return None


def _kind_by_items(texts: Sequence[str]) -> SectionKind | None:
    items = list(_items(texts))
    known = sum(known_skill(item) is not None for item in items)
    if known >= _ENOUGH_SKILLS and 3 * known >= len(items):
        return "skills"
    dated = sum(bool(find_periods(text)) for text in texts)
    others = [text for text in texts if not _CERTIFIED.search(text)]
    certified = len(texts) - len(others)
    if dated and 2 * certified >= dated and not any(map(names_role, others)):
        return "certifications"
    if not dated and len(items) >= _ENOUGH_ITEMS and all(item.count(" ") < _ITEM_WORDS for item in items):
        return "certifications" if 2 * certified > len(texts) else "skills"
    return None


def begin_of_certificates(lines: Sequence[Line]) -> int:
    """The first line of the last entries that are no studies, of which one at least names a certificate; as
    many as there are lines where none does.

    An entry begins with the line that dates it, and what stands above is dated too.
    """
    begins = [index for index, line in enumerate(lines) if find_periods(line.text)]
    begin, has_certificate = len(lines), False
    while begins and begins[0] < begin:
        entry = [line.text for line in lines[begins[-1] : begin]]
        certified = any(map(_CERTIFIED.search, entry))
        if not entry or is_only_dates(entry[0]) or not _may_be_certificate(entry, certified=certified):
            break
        begin, has_certificate = begins.pop(), has_certificate or certified
    return begin if begins and has_certificate else len(lines)


def _may_be_certificate(entry: Sequence[str], *, certified: bool) -> bool:
    """An academy or institute may have given what is said to be one."""
    is_study = any(_STUDIED.search(text) or _PLACE_OF_STUDY.search(text) for text in entry)
    if is_study or len(entry) > _MAX_ENTRY_LINES:
        return False
    return certified or not any(map(_SCHOOL.search, entry))


def end_of_languages(lines: Sequence[Line]) -> int:
    """The first line that labels a list of something else; as many as there are lines where none does."""
    for index, line in enumerate(lines):
        label, mark, rest = line.text.partition("\t")
        if mark and "," in rest and not (_SPOKEN.match(label) or _SPOKEN.search(rest)):
            return index
    return len(lines)


def is_of_labels(lines: Sequence[Line]) -> bool:
    """A list of personal details, as in "Nationality: Indian", whatever its heading says."""
    labelled = sum(_LABELLED.match(line.text) is not None for line in lines)
    return labelled >= _ENOUGH_LABELS and 2 * labelled > len(lines)


def is_of_publications(lines: Sequence[Line]) -> bool:
    """Does a line give the reference of a published work?"""
    return any(_PUBLISHED.search(line.text) for line in lines[:_MAX_LINES])


def is_prose(lines: Sequence[Line]) -> bool:
    """Sentences, of which there are enough for a summary, and nothing else."""
    text = " ".join(line.text for line in lines)
    if len(text.split()) < _MIN_SENTENCE_WORDS or not text.rstrip().endswith((".", "!")):
        return False
    return not any(line.is_list_item or "\t" in line.text or bullet_text(line.text) for line in lines)


def _items(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        before, colon, after = text.partition(":")
        for item in _ITEM_ENDS.split(after if colon and after.strip() else before):
            if item.strip():
                yield item.strip()
