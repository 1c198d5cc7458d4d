"""The sections of a resume that hold certificates, whatever else they hold."""

import re
from collections.abc import Sequence

from hotgigs.parser.headings import normalised
from hotgigs.parser.sections import Section
from hotgigs.parser.vocabulary import any_of, load

_WORDS = load("certifications")
_HEADINGS = frozenset(_WORDS["headings"])
_LONG_HEADINGS = tuple(word for word in _HEADINGS if len(word) > 8)
_SPACED = 3
"""Letters in a word: a heading with fewer is letter-spaced."""
_TRAINING = frozenset(_WORDS["training"])
_COURSEWORK = re.compile(
    r"course\s?work|(?:relevant|key|selected|core|main|major|university|college|graduate) courses|modules",
    re.IGNORECASE,
)
"""Such are subjects of studies."""
_EVENT = re.compile(rf"(?<!\w){any_of(_WORDS['events'])}(?!\w)", re.IGNORECASE)


def certificate_sections(sections: Sequence[Section]) -> list[Section]:
    """Those of certificates; where there are none those of training, without conferences and the like."""
    chosen = [section for section in sections if section.kind == "certifications" or _speaks_of_them(section)]
    if not any(section.lines for section in chosen):
        chosen = [
            section
            for section in sections
            if (section.kind == "training" and not _COURSEWORK.search(section.heading))
            or (section.kind == "other" and _speaks_of_training(section))
        ]
    return [_without_events(section) if _speaks_of_training(section) else section for section in chosen]


def _without_events(section: Section) -> Section:
    kept = [line for line in section.lines if not _EVENT.search(line.text)]
    return Section(section.kind, section.heading, kept)


def _speaks_of_them(section: Section) -> bool:
    """A heading such as Memberships and Accreditations."""
    if section.kind not in ("affiliations", "training", "other"):
        return False
    words = normalised(section.heading).split()
    compact = "".join(words)
    spaced = len(words) > 1 and len(compact) < _SPACED * len(words)
    return not _HEADINGS.isdisjoint(words) or (spaced and any(word in compact for word in _LONG_HEADINGS))


def _speaks_of_training(section: Section) -> bool:
    words = normalised(section.heading).split()
    return _HEADINGS.isdisjoint(words) and not _TRAINING.isdisjoint(words)
