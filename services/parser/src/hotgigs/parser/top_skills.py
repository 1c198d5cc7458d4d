"""Which skills the resume has most evidence for."""

import re
from collections.abc import Sequence

from hotgigs.contracts.resume_data import Experience, Skill

TOP = 5
_WORD = re.compile(r"[\w+#]+")
_CURRENT_JOB_WEIGHT = 2
_TITLE_WEIGHT = 3


def rank_skills(skills: Sequence[Skill], experience: Sequence[Experience]) -> tuple[str, ...]:
    """The five skills that jobs mention most, in titles and current jobs above all; ties as printed."""
    titles = " ".join(_folded(job.title or "") for job in experience)
    current = " ".join(_told(job) for job in experience if job.current)
    past = " ".join(_told(job) for job in experience if not job.current)

    def evidence(skill: Skill) -> int:
        phrase = _folded(skill.name.partition("(")[0])
        if not phrase.strip():
            return 0
        return (
            _TITLE_WEIGHT * titles.count(phrase)
            + _CURRENT_JOB_WEIGHT * current.count(phrase)
            + past.count(phrase)
        )

    return tuple(skill.name for skill in sorted(skills, key=evidence, reverse=True)[:TOP])


def _told(job: Experience) -> str:
    return _folded(" ".join((job.description or "", *job.achievements)))


def _folded(text: str) -> str:
    """Words in lower case between single spaces, a space at both ends, so that only whole words match."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
