"""Invented candidates by the million: the same ones for the same numbers, in the order they were added.

What takes long to write and to index is in `profiles`, of which there are fewer than candidates; `identities`
give each candidate a name and an address, a database and a day of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from msgspec import Struct
from people_words import Words

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Education, Experience, Language, Skill
from hotgigs.contracts.resume_state import Source

SMALLEST, LARGEST = 500, 40_000
_FIRST_ADDED_AT = datetime(2024, 1, 1, tzinfo=UTC)
_ADDED_WITHIN = timedelta(days=700)
_SOURCES: tuple[Source, ...] = ("resume_import", "bulk_upload", "google_drive")


class Identity(Struct, frozen=True, kw_only=True):
    """``shared_with`` is the database of a recruiter who does not see the contact."""

    candidate_id: UUID
    resume_id: UUID
    database_id: UUID
    source: Source
    added_at: datetime
    full_name: str
    email: str
    phone: str
    tags: Sequence[str]
    shared_with: UUID | None
    is_viewed: bool
    has_note: bool


def database_sizes(databases: int, candidates: int) -> list[int]:
    """The largest first; between `SMALLEST` and `LARGEST` for a million in 200, else in proportion."""
    places = [1 - rank / (databases - 1) for rank in range(databases)]
    raw = [SMALLEST * (LARGEST / SMALLEST) ** (place**2.27) for place in places]
    scale = candidates / sum(raw)
    return [max(round(size * scale), 1) for size in raw]


class People:
    """``databases`` have candidates in proportion to ``sizes``; ``count`` are there in the end."""

    def __init__(self, *, databases: Sequence[UUID], sizes: Sequence[int], count: int) -> None:
        self._databases = databases
        self._cumulated = list(accumulate(sizes))
        self._count = count
        self._words = Words()

    def identities(self, start: int, stop: int) -> Iterator[Identity]:
        """Of the candidates with these numbers."""
        random = Random(start)
        words = self._words
        homes = random.choices(self._databases, cum_weights=self._cumulated, k=stop - start)
        first_names = words.first_names.draw(random, stop - start)
        last_names = words.last_names.draw(random, stop - start)
        for number, home, first, last in zip(range(start, stop), homes, first_names, last_names, strict=True):
            added_at = _FIRST_ADDED_AT + _ADDED_WITHIN * (number / self._count)
            digits = random.randrange(10**7, 10**8)
            yield Identity(
                candidate_id=_ordered_id(added_at, random),
                resume_id=_ordered_id(added_at, random),
                database_id=home,
                source=random.choice(_SOURCES),
                added_at=added_at,
                full_name=f"{first} {last}",
                email=f"{first}.{last}{digits % 1000}@mail.example".lower(),
                phone=f"+4930{digits}",
                tags=words.tags.distinct(random, random.choice((0, 0, 1, 2))),
                shared_with=random.choice(self._databases) if random.random() < 0.03 else None,
                is_viewed=random.random() < 0.2,
                has_note=random.random() < 0.05,
            )

    def profiles(self, start: int, stop: int) -> Iterator[CandidateProfile]:
        """Without a name and how to reach the person; about 300 words each, half of them the summary."""
        random = Random(-1 - start)
        for _ in range(start, stop):
            yield self._profile(random)

    def _profile(self, random: Random) -> CandidateProfile:
        words = self._words
        jobs = random.randint(2, 4)
        titles = words.titles.draw(random, jobs)
        companies = words.companies.draw(random, jobs)
        cities = words.cities.draw(random, jobs)
        summary = words.sentences.draw(random, 9)
        skills = words.skills.distinct(random, random.randint(8, 18))
        degree = Education(
            degree="BSc Computer Science",
            institution=f"University of {cities[-1].partition(',')[0]}",
            graduation_date=str(2025 - 3 * jobs),
        )
        return CandidateProfile(
            location=cities[0],
            title=titles[0],
            current_company=companies[0],
            summary=" ".join(summary),
            ai_summary=" ".join(words.sentences.draw(random, 2)),
            experience=tuple(
                Experience(
                    title=titles[job],
                    company=companies[job],
                    location=cities[job],
                    start_date=f"{2022 - 3 * job}-04",
                    end_date=f"{2025 - 3 * job}-03" if job else None,
                    current=not job,
                    description=words.sentences.draw(random, 1)[0],
                    achievements=tuple(words.sentences.draw(random, 1)),
                )
                for job in range(jobs)
            ),
            education=(degree,),
            skills=tuple(
                Skill(name=name, canonical=name, category=category, proficiency="advanced")
                for name, category in skills
            ),
            top_skills=tuple(name for name, _ in skills[:5]),
            languages=(Language(name="English", proficiency="C1"),),
            total_experience_years=round(min(random.expovariate(0.12), 42.0), 1),
        )


def _ordered_id(at: datetime, random: Random) -> UUID:
    """A UUID of version 7."""
    high = int(at.timestamp() * 1000) << 16 | 7 << 12 | random.getrandbits(12)
    return UUID(int=high << 64 | 2 << 62 | random.getrandbits(62))
