"""How well each skill is known, and why: as the resume states it, else by the years that jobs used it.

The years are the union of the months of all jobs whose title or text mentions the skill by its printed
name or one of its aliases: 6 years make an expert, 3 an advanced and 1 an intermediate user
(`skill_levels.BY_YEARS`). A skill that is stated nowhere and used for less than a year has no level.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from hotgigs.contracts.resume_data import Experience, ResumeData, Skill
from hotgigs.parser.dates import PartialDate, Period
from hotgigs.parser.experience import years_covered
from hotgigs.parser.skill_levels import Stated, level_after
from hotgigs.parser.skill_vocabulary import folded, known_skill, level_in_name
from hotgigs.parser.skills import PrintedSkill
from hotgigs.parser.vocabulary import load

_EVERYDAY = frozenset(load("skills")["everyday"]["words"])
_SHORT = 3
"""Names of so many letters or fewer are found in their own case only, as `_EVERYDAY` is."""

_TOKEN = re.compile(r"[\w+#]+(?:[-&'’.][\w+#]+)*|[.!?:;\n]")
_PARTS = re.compile(r"[\w+#]+")
_BRACKETS = re.compile(r"[(\[].*")
_IN_USE = "In use"
_SMALL = "·"


def rate_skills(
    printed: Sequence[PrintedSkill], experience: Sequence[Experience], today: date
) -> tuple[tuple[Skill, ...], Mapping[str, str]]:
    """The skills in printed order, and by JSON Pointer the reason for each proficiency."""
    texts = [_Text(job) for job in experience]
    skills: list[Skill] = []
    reasons: dict[str, str] = {}
    for index, one in enumerate(printed):
        known = known_skill(one.name)
        level, reason = _level(one, known.aliases if known else (), experience, texts, today)
        if level:
            reasons[f"/skills/{index}/proficiency"] = reason
        skills.append(
            Skill(
                name=one.name,
                canonical=known.canonical if known else None,
                category=known.category if known else None,
                proficiency=level,
            )
        )
    return tuple(skills), reasons


def rated_again(
    skills: Sequence[Skill], before: ResumeData, experience: Sequence[Experience], today: date
) -> tuple[tuple[Skill, ...], Mapping[str, str]]:
    """As `rate_skills`, of skills that were rated ``before`` or are new: what was stated still is."""
    concluded = _concluded(before)
    printed = [
        PrintedSkill(one.name, Stated(one.proficiency, one.proficiency))
        if one.proficiency and one.name not in concluded
        else PrintedSkill(one.name)
        for one in skills
    ]
    return rate_skills(printed, experience, today)


def _concluded(data: ResumeData) -> set[str]:
    """The names of skills whose level follows from their use."""
    evidence = data.evidence if isinstance(data.evidence, dict) else {}
    found = (
        (skill.name, evidence.get(f"/skills/{index}/proficiency")) for index, skill in enumerate(data.skills)
    )
    return {name for name, each in found if each and (each.reason or "").startswith(_IN_USE)}


def _level(
    skill: PrintedSkill,
    aliases: Sequence[str],
    experience: Sequence[Experience],
    texts: "Sequence[_Text]",
    today: date,
) -> tuple[str | None, str]:
    if skill.stated:
        return skill.stated.level, f"Stated: {skill.stated.printed}."
    if named := level_in_name(skill.name):
        return named[0], f"Stated: {named[1]}."
    phrases = _phrases(_BRACKETS.sub("", skill.name), *aliases)
    jobs = [job for job, text in zip(experience, texts, strict=True) if text.mentions(phrases)]
    periods = [period for job in jobs if (period := _period(job))]
    years = years_covered(periods, today)
    return level_after(
        years
    ), f"{_IN_USE} for {years:g} year{'' if years == 1 else 's'}, in {_count(len(periods))}."


def _count(jobs: int) -> str:
    return f"{jobs} job{'' if jobs == 1 else 's'}"


def _period(job: Experience) -> Period | None:
    start = _date(job.start_date)
    return Period(start, _date(job.end_date), job.current, 0, 0) if start else None


def _date(text: str | None) -> PartialDate | None:
    if text is None:
        return None
    year, _, month = text.partition("-")
    return PartialDate(int(year), int(month) if month else None)


class _Phrases(Struct, frozen=True):
    """In lower case, the words between single blanks, a blank at both ends."""

    in_any_case: tuple[str, ...]
    in_own_case: tuple[str, ...]


@lru_cache(maxsize=4096)
def _phrases(*names: str) -> _Phrases:
    phrases = {" ".join(_PARTS.findall(folded(name))) for name in names} - {""}
    own = {
        phrase for phrase in phrases if (len(phrase) <= _SHORT and phrase.isalpha()) or phrase in _EVERYDAY
    }
    return _Phrases(_spaced(phrases - own), _spaced(own))


def _spaced(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in phrases)


class _Text:
    """What a job tells, so that whole words are found in it at once."""

    def __init__(self, job: Experience) -> None:
        text = "\n".join(filter(None, (job.title, job.description, *job.achievements)))
        self._folded = f" {' '.join(_PARTS.findall(folded(text)))} "
        self._with_capitals = f" {' '.join(_capitals(text))} "

    def mentions(self, phrases: _Phrases) -> bool:
        return any(phrase in self._folded for phrase in phrases.in_any_case) or any(
            phrase in self._with_capitals for phrase in phrases.in_own_case
        )


def _capitals(text: str) -> list[str]:
    """The words in lower case, a mark for each that has no capital, or has it as the first of a sentence.

    Words that hyphens or ampersands join stay one: neither R&D nor Go-to-market names a language.
    """
    found, first = [], True
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            first = True
            continue
        is_name = token != token.lower() and not (first and len(token) > 1 and token[1:] == token[1:].lower())
        found.append(folded(token) if is_name else _SMALL)
        first = False
    return found
