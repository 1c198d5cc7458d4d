"""Which skills the resume has most evidence for."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.skills.mentions import Names, Prose, names_of
from hotgigs.skills.vocabulary import canonical_name

TOP = 5
MAX_JOBS = 12
"""The latest; what was done before them says little of today."""

# What a mention is worth. A job's are worth less the more jobs came after it.
_IN_TITLE = 4.0
_IN_TEXT = 2.0
_EACH_FURTHER = 0.5
_MOST_FURTHER = 2
_YEAR_IN_USE = 0.2
_MOST_YEARS = 10.0
_IN_SUMMARY = 1.5
_LEVELS = {"expert": 1.5, "advanced": 1.0, "intermediate": 0.5}
_FADING = 0.35


class _Job(Struct, frozen=True):
    title: Prose
    text: Prose
    years: float
    weight: float


def rank_skills(
    skills: Sequence[Skill], experience: Sequence[Experience], summary: str | None, today: date
) -> tuple[str, ...]:
    """At most five names as printed, those with most evidence first: named in titles, in what was done,
    recently and for years, in the summary, or with a stated level. Those without any follow as listed;
    several names of one skill count as one."""
    jobs = _jobs(experience, today)
    prose = Prose(summary or "")
    scores: dict[str, float] = {}
    printed: dict[str, str] = {}
    for skill in skills:
        name = canonical_name(skill.name)
        if name not in scores:
            scores[name] = _evidence(names_of(skill.name), jobs, prose)
            printed[name] = skill.name
        scores[name] += _LEVELS.get(skill.proficiency or "", 0.0)
    return tuple(printed[name] for name in sorted(scores, key=lambda name: -scores[name])[:TOP])


def _jobs(experience: Sequence[Experience], today: date) -> list[_Job]:
    by_end = sorted(experience, key=lambda job: (job.current, job.end_date or ""), reverse=True)
    return [
        _Job(
            title=Prose("", [job.title or ""]),
            text=Prose("\n".join((job.description or "", *job.achievements))),
            years=min(_years(job, today), _MOST_YEARS),
            weight=1 / (1 + _FADING * place),
        )
        for place, job in enumerate(by_end[:MAX_JOBS])
    ]


def _years(job: Experience, today: date) -> float:
    if not job.start_date:
        return 0.0
    end = _year(job.end_date) if job.end_date else today.year + today.month / 12
    return max(end - _year(job.start_date), 0.0)


def _year(printed: str) -> float:
    """Of ``YYYY`` or ``YYYY-MM``."""
    year, _, month = printed.partition("-")
    return int(year) + (int(month) / 12 if month else 0.0)


def _evidence(names: Names, jobs: Sequence[_Job], summary: Prose) -> float:
    score = _IN_SUMMARY if summary.mentions(names) else 0.0
    for job in jobs:
        in_title = bool(job.title.mentions(names))
        mentions = job.text.mentions(names)
        if in_title or mentions:
            told = _IN_TEXT + _EACH_FURTHER * min(mentions - 1, _MOST_FURTHER) if mentions else 0.0
            score += job.weight * (_IN_TITLE * in_title + told + _YEAR_IN_USE * job.years)
    return score
