"""How well each skill is known, and why: as the resume states it, else by the years that jobs used it.

The years are the union of the months of all jobs whose title or text mentions the skill by its printed
name or one of its aliases: 6 years make an expert, 3 an advanced and 1 an intermediate user
(`skill_levels.BY_YEARS`). A skill that is stated nowhere and used for less than a year has no level.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from hotgigs.contracts.resume_data import Experience, ResumeData, Skill
from hotgigs.parser.dates import PartialDate, Period
from hotgigs.parser.experience import years_covered
from hotgigs.parser.skill_levels import Stated, level_after
from hotgigs.parser.skills import PrintedSkill
from hotgigs.skills.mentions import Prose, names_of
from hotgigs.skills.vocabulary import known_skill, level_in_name

_IN_USE = "In use"


def rate_skills(
    printed: Sequence[PrintedSkill], experience: Sequence[Experience], today: date
) -> tuple[tuple[Skill, ...], Mapping[str, str]]:
    """The skills in printed order, and by JSON Pointer the reason for each proficiency."""
    texts = [_told(job) for job in experience]
    skills: list[Skill] = []
    reasons: dict[str, str] = {}
    for index, one in enumerate(printed):
        known = known_skill(one.name)
        level, reason = _level(one, experience, texts, today)
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
    experience: Sequence[Experience],
    texts: Sequence[Prose],
    today: date,
) -> tuple[str | None, str]:
    if skill.stated:
        return skill.stated.level, f"Stated: {skill.stated.printed}."
    if named := level_in_name(skill.name):
        return named[0], f"Stated: {named[1]}."
    names = names_of(skill.name)
    jobs = [job for job, text in zip(experience, texts, strict=True) if text.mentions(names)]
    periods = [period for job in jobs if (period := _period(job))]
    years = years_covered(periods, today)
    return level_after(
        years
    ), f"{_IN_USE} for {years:g} year{'' if years == 1 else 's'}, in {_count(len(periods))}."


def _told(job: Experience) -> Prose:
    return Prose("\n".join((job.description or "", *job.achievements)), [job.title or ""])


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
