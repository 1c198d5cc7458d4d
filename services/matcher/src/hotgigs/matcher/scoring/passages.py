"""What of a profile is evidence: its jobs with what was done in them, and what it lists."""

import re

from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Experience
from hotgigs.matcher.scoring.neutral import neutral, neutral_all
from hotgigs.matcher.scoring.periods import months_of
from hotgigs.skills.vocabulary import known_skill

MOST_JOBS = 15
MOST_LINES = 80
"""Of all jobs together."""
MOST_ITEMS = 200
MOST_DEGREES = 5
_LINES_OF_A_JOB = 16
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_SHORTEST_LINE = 8
_LABEL = re.compile(r"^[^,;|:]{1,40}:\s+")
_BETWEEN = re.compile(r"\s*[,;|•·]\s*|\s+(?:/|&|and|und|et|y|e)\s+")
_SHORTEST_LIST = 4
"""Names."""
_MOSTLY = 0.8
"""Of them the vocabulary knows, at least."""


class Job(Struct, frozen=True, kw_only=True):
    """``index`` is that of the profile's experience, None for a summary that stands for jobs of somebody who
    has none. Months as in `hotgigs.matcher.scoring.periods`."""

    index: int | None
    title: str
    lines: tuple[str, ...]
    start: int
    end: int

    @property
    def told(self) -> tuple[str, ...]:
        """Without lines that are nothing but names of skills. They name what was used in the job, but do not
        make it like a posting that names the same."""
        return tuple(line for line in self.lines if not _is_list(line))


class Passages(Struct, frozen=True, kw_only=True):
    """``items`` are skills, certificates and languages."""

    title: str | None
    jobs: tuple[Job, ...]
    items: tuple[str, ...]
    degrees: tuple[str, ...]


def passages_of(profile: CandidateProfile) -> Passages:
    """Neither employers, schools and places nor what people say of themselves in a summary are evidence."""
    name = profile.full_name
    jobs: list[Job] = []
    left = MOST_LINES
    for index, experience in enumerate(profile.experience[:MOST_JOBS]):
        lines = _lines(experience, name)[: min(left, _LINES_OF_A_JOB)]
        left -= len(lines)
        start, end = months_of(experience)
        title = neutral(experience.title or "", name)
        if title or lines:
            jobs.append(Job(index=index, title=title, lines=tuple(lines), start=start, end=end))
    if not jobs and profile.summary:
        lines = _sentences(profile.summary, name)[:_LINES_OF_A_JOB]
        if lines:
            title = neutral(profile.title or "", name)
            jobs.append(Job(index=None, title=title, lines=tuple(lines), start=0, end=0))
    return Passages(
        title=neutral(profile.title or "", name) or None,
        jobs=tuple(jobs),
        items=tuple(_items(profile)),
        degrees=tuple(neutral_all((each.degree for each in profile.education), None))[:MOST_DEGREES],
    )


def _lines(experience: Experience, name: str | None) -> list[str]:
    described = _sentences(experience.description or "", name)
    done = neutral_all(experience.achievements, name, are_prose=True)
    return list(dict.fromkeys((*described, *done)))


def _sentences(text: str, name: str | None) -> list[str]:
    pieces = (piece for piece in _SENTENCE.split(text[:20_000]) if len(piece) >= _SHORTEST_LINE)
    return neutral_all(pieces, name, are_prose=True)


def _is_list(line: str) -> bool:
    names = [name for name in _BETWEEN.split(_LABEL.sub("", line).rstrip(" .")) if name]
    return len(names) >= _SHORTEST_LIST and sum(map(bool, map(known_skill, names))) >= _MOSTLY * len(names)


def _items(profile: CandidateProfile) -> list[str]:
    named = (
        *(skill.name for skill in profile.skills),
        *(certification.name for certification in profile.certifications),
        *(language.name for language in profile.languages),
    )
    plain = neutral_all((each[:120] for each in named if each), profile.full_name)
    return sorted(dict.fromkeys(plain))[:MOST_ITEMS]
