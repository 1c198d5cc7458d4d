"""An invented labour market: people of twenty professions and postings for them, the same for the same
numbers.

Who has a profession has its titles, skills and duties, and now and then one of another; how long people have
worked, where, and how widely their skills spread differ. What their jobs tell is drawn from a pool of
sentences, so that texts by the hundred thousand need vectors of some thousands.
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import EducationLevel, JobPosting
from hotgigs.contracts.resume_data import Education, Experience, Skill
from hotgigs.skills.vocabulary import known_skill

_TOML = tomllib.loads(Path(__file__).with_name("professions.toml").read_text())
_SENTENCES = 400
"""Of a profession."""
_THIS_YEAR = 2026
_DEGREES: tuple[tuple[EducationLevel, str, int], ...] = (
    ("none", "", 12),
    ("associate", "Associate Degree in {}", 12),
    ("bachelor", "BSc {}", 48),
    ("master", "MSc {}", 24),
    ("doctorate", "PhD {}", 4),
)


class Profession(Struct, frozen=True, kw_only=True):
    titles: Sequence[str]
    degree: str
    skills: Sequence[str]
    sentences: Sequence[str]


class Market:
    @cached_property
    def professions(self) -> list[Profession]:
        random = Random(11)
        fields = _listed(_TOML["fields"], ",")
        return [_profession(told, fields, random) for told in _TOML["profession"]]

    def profiles(self, start: int, stop: int) -> Iterator[CandidateProfile]:
        """Without names and contact."""
        for number in range(start, stop):
            yield self._profile(Random(f"person {number}"))

    def postings(self, start: int, stop: int) -> Iterator[JobPosting]:
        for number in range(start, stop):
            yield self._posting(Random(f"posting {number}"))

    def _profile(self, random: Random) -> CandidateProfile:
        own = self._drawn(random)
        years = min(random.expovariate(0.11), 38.0)
        home = random.choices(_PLACES, cum_weights=_PLACE_WEIGHTS)[0]
        jobs = tuple(self._jobs(random, own, years, home))
        names = _skills_of(own, random, random.randint(6, 13))
        if random.random() < 0.3:
            names += _skills_of(self._drawn(random), random, 3)
        level, degree, _ = random.choices(_DEGREES, [weight for *_, weight in _DEGREES])[0]
        learned = Education(degree=degree.format(own.degree), graduation_date=str(int(_THIS_YEAR - years)))
        return CandidateProfile(
            location=home,
            title=jobs[0].title,
            current_company=jobs[0].company,
            summary=f"{jobs[0].title} with {max(round(years), 1)} years of experience."
            f" {random.choice(own.sentences)}",
            experience=jobs,
            education=(learned,) if level != "none" else (),
            skills=tuple(map(_skill, dict.fromkeys(names))),
            top_skills=tuple(names[:5]),
            total_experience_years=round(years, 1),
        )

    def _jobs(self, random: Random, own: Profession, years: float, home: str) -> Iterator[Experience]:
        """The last one first, one after the other without gaps."""
        count = min(1 + int(years / random.uniform(2.5, 6.0)), 5)
        title = random.choice(own.titles)
        end = float(_THIS_YEAR + 10 / 12)
        for index in range(count):
            start = end - years / count
            before = end - _THIS_YEAR + years
            worked_in = own if random.random() < 0.93 or not index else self._drawn(random)
            yield Experience(
                title=_ranked(title if worked_in is own else random.choice(worked_in.titles), before, random),
                company=f"{random.choice(_COMPANIES)} {random.choice(('Ltd', 'GmbH', 'Inc', 'Group'))}",
                location=home if random.random() < 0.8 else random.choice(_PLACES),
                start_date=_month(start),
                end_date=_month(end) if index else None,
                current=not index,
                achievements=tuple(random.sample(worked_in.sentences, random.randint(2, 4))),
            )
            end = start

    def _posting(self, random: Random) -> JobPosting:
        own = self._drawn(random)
        asked = _skills_of(own, random, random.randint(6, 10))
        required = random.randint(3, 6) if random.random() < 0.75 else 0
        least = random.choice((0.0, 1.0, 2.0, 3.0, 5.0, 8.0))
        duties = random.sample(own.sentences, 4)
        return JobPosting(
            title=_ranked(random.choice(own.titles), least, random),
            company_name=f"{random.choice(_COMPANIES)} Ltd",
            location=random.choices(_PLACES, cum_weights=_PLACE_WEIGHTS)[0],
            remote=random.random() < 0.25,
            description=" ".join((*duties, *(f"You need experience of {name}." for name in asked[:5]))),
            required_skills=tuple(asked[:required]),
            preferred_skills=tuple(asked[required : required + 3]),
            min_years=least,
            max_years=least + 6 if random.random() < 0.4 else None,
            education_level=random.choice(("none", "none", "associate", "bachelor", "bachelor", "master")),
        )

    def _drawn(self, random: Random) -> Profession:
        """The nth is about a square root of n times rarer than the first."""
        weights = [1 / (rank + 1) ** 0.5 for rank in range(len(self.professions))]
        return random.choices(self.professions, weights)[0]


def _listed(text: str, separator: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(separator) if part.strip()]


_PLACES = _listed(_TOML["places"], ";")
_PLACE_WEIGHTS = list(accumulate(1 / (rank + 1) ** 0.6 for rank in range(len(_PLACES))))
_COMPANIES = (
    "Ashgrove",
    "Belmar",
    "Corvane",
    "Dunlin",
    "Estrava",
    "Fenwold",
    "Garlund",
    "Hollis",
    "Ivarra",
    "Jorvik",
)


def _profession(told: dict[str, object], fields: Sequence[str], random: Random) -> Profession:
    skills, duties = _listed(str(told["skills"]), ","), _listed(str(told["duties"]), "\n")
    sentences = dict.fromkeys(
        random.choice(duties).format(
            skill=random.choice(skills), field=random.choice(fields), n=random.choice((3, 5, 8, 12, 20, 40))
        )
        for _ in range(_SENTENCES)
    )
    return Profession(
        titles=tuple(told["titles"]),  # type: ignore[call-overload]
        degree=str(told["degree"]),
        skills=skills,
        sentences=[f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences],
    )


def _skills_of(profession: Profession, random: Random, count: int) -> list[str]:
    """The usual ones first."""
    weights = [1 / (rank + 3) for rank in range(len(profession.skills))]
    return list(dict.fromkeys(random.choices(profession.skills, weights, k=2 * count)))[:count]


def _skill(name: str) -> Skill:
    known = known_skill(name)
    return Skill(
        name=name,
        canonical=known.canonical if known else None,
        category=known.category if known else None,
    )


def _ranked(title: str, years: float, random: Random) -> str:
    if years > 12 and random.random() < 0.3:
        return f"Head of {title}s" if random.random() < 0.3 else f"Lead {title}"
    if years > 6 and random.random() < 0.6:
        return f"Senior {title}"
    return f"Junior {title}" if years < 1.5 and random.random() < 0.5 else title


def _month(at: float) -> str:
    return f"{int(at)}-{int(at % 1 * 12) + 1:02}"
