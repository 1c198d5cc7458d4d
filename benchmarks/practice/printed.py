"""What one document prints of a person, and the truth of it."""

import copy
import itertools
import random
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import dates
from msgspec import Struct
from people import Certificate, Job, Person, Study


class Style(Struct, forbid_unknown_fields=True):
    """How a document is made and written. ``without`` names what it does not print: a field of the person
    (``summary``) or of all its jobs, studies or certificates (``job.place``)."""

    layout: str
    words: str
    kind: str = "pdf"
    dates: str = "{Mon} {yyyy}"
    span: str = "{a} – {b}"
    now: str = "Present"
    since: str | None = None
    short_dates: str | None = None
    years: bool = False
    phone: int = 0
    name: str | None = None
    without: list[str] = []
    scan: dict[str, Any] = {}
    look: dict[str, Any] = {}


_OF = {"job": "jobs", "study": "education", "certificate": "certificates"}


def _reduced(person: Person, style: Style) -> Person:
    """The person with nothing left that the document does not print."""
    person = copy.deepcopy(person)
    for path in style.without:
        owner, _, name = path.partition(".")
        for one in getattr(person, _OF[owner]) if name else [person]:
            field = name or owner
            setattr(one, field, [] if isinstance(getattr(one, field), list) else None)
    for job in person.jobs:
        if style.years:
            job.start, job.end = job.start[:4], job.end and job.end[:4]
    if style.years or style.short_dates == "{yyyy}":
        for study in person.education:
            study.start, study.end = study.start and study.start[:4], study.end and study.end[:4]
        for certificate in person.certificates:
            certificate.issued = certificate.issued and certificate.issued[:4]
            certificate.expires = certificate.expires and certificate.expires[:4]
    return person


class Printed:
    """One document: what templates and builders read. Dates come written, sections as the part words them."""

    def __init__(self, key: str, person: Person, style: Style, words: dict[str, Any], seed: int) -> None:
        kind = "" if style.kind in ("pdf", "docx") else f"-{style.kind}"
        self.key, self.style, self.words = f"{key}-{style.layout}{kind}", style, words
        self.person = _reduced(person, style)
        self.lang, self.look = self.person.lang, style.look
        self.name = style.name or person.name
        self.phone = person.phones[style.phone] if "phone" not in style.without else None
        self.random = random.Random(zlib.crc32(f"{seed} {self.key}".encode()))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.person, name)

    def h(self, section: str) -> str:
        return str(self.words[section])

    def date(self, date: str, pattern: str | None = None, *, last_day: bool = False) -> str:
        return dates.written(date, pattern or self.style.dates, self.lang, last_day=last_day)

    def span(self, job: Job) -> str:
        if job.dates and not self.style.years:
            return job.dates
        return self._span(job.start, job.end, None)

    def studied(self, study: Study) -> str:
        """Empty where the study has no date."""
        if not study.end:
            return ""
        pattern = self.style.short_dates
        if study.expected:
            return f"{self.words.get('expected', 'Expected')} {self.date(study.end, pattern)}"
        if study.start:
            return self._span(study.start, study.end, pattern)
        return self.date(study.end, pattern)

    def _span(self, start: str, end: str | None, pattern: str | None) -> str:
        a = self.date(start, pattern)
        if end is None:
            since = self.style.since
            return since.format(a=a) if since else self.style.span.format(a=a, b=self.style.now)
        b = self.date(end, pattern, last_day=True)
        return a if a == b else self.style.span.format(a=a, b=b)

    def certified(self, certificate: Certificate, until: str = " – ") -> str:
        pattern = self.style.short_dates
        dated = [self.date(d, pattern) for d in (certificate.issued, certificate.expires) if d]
        return until.join(dated)

    def by_company(self) -> Iterator[tuple[str, Sequence[Job]]]:
        """Consecutive jobs at one company."""
        for company, jobs in itertools.groupby(self.person.jobs, key=lambda job: job.company):
            yield company, list(jobs)

    def lasted(self, jobs: Sequence[Job]) -> str:
        years, months = dates.duration((job.start, job.end) for job in jobs)
        return " ".join(
            f"{n} {self.words[unit if n == 1 else unit + 's']}"
            for n, unit in ((years, "year"), (months, "month"))
            if n
        )

    @property
    def all_skills(self) -> list[str]:
        return [skill for skills in self.person.skills.values() for skill in skills]

    def level(self, skill: str) -> int:
        """Of 5; the same in every document."""
        return 5 - zlib.crc32(skill.encode()) % 3

    def truth(self) -> dict[str, Any]:
        p = self.person
        return {
            "id": self.key,
            "full_name": p.name,
            "email": p.email,
            "phone": p.phone,
            "location": p.place,
            "title": p.headline or (p.jobs[0].title if p.jobs else None),
            "summary": p.summary,
            "experience": [
                {
                    "title": job.title,
                    "company": job.company,
                    "location": job.place,
                    "start_date": job.start,
                    "end_date": job.end,
                    "current": job.end is None,
                    "bullets": job.bullets,
                }
                for job in p.jobs
            ],
            "education": [
                {
                    "degree": study.degree,
                    "institution": study.school,
                    "location": study.place,
                    "graduation_date": study.end,
                    "gpa": study.gpa if study.grade else None,
                }
                for study in p.education
            ],
            "skills": self.all_skills,
            "certifications": [
                {"name": c.name, "issuer": c.issuer, "issue_date": c.issued, "expiry_date": c.expires}
                for c in p.certificates
            ],
            "languages": [f"{language} ({level})" for language, level in p.languages],
            "total_experience_years": dates.years((job.start, job.end) for job in p.jobs),
            "domain": p.domain,
        }
