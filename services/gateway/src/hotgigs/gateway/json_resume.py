"""Parsed data as a JSON Resume; pure.

Source: the JSON Resume schema 1.2. What the schema has no field for is left out: expiry dates of
certificates, categories of skills.
"""

from msgspec import Struct

from hotgigs.contracts.resume_data import Experience, ResumeData


class _Part(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What is not known is left out: the schema has no nulls."""


class Place(_Part, frozen=True, kw_only=True):
    address: str


class Basics(_Part, frozen=True, kw_only=True):
    name: str | None = None
    label: str | None = None
    email: str | None = None
    phone: str | None = None
    summary: str | None = None
    location: Place | None = None


class Work(_Part, frozen=True, kw_only=True):
    """Without an ``endDate`` it goes on."""

    name: str | None = None
    position: str | None = None
    location: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    summary: str | None = None
    highlights: tuple[str, ...] = ()


class School(_Part, frozen=True, kw_only=True):
    institution: str | None = None
    study_type: str | None = None
    end_date: str | None = None
    score: str | None = None


class Certificate(_Part, frozen=True, kw_only=True):
    name: str
    issuer: str | None = None
    date: str | None = None


class SkillLevel(_Part, frozen=True, kw_only=True):
    name: str
    level: str | None = None
    keywords: tuple[str, ...] = ()


class Fluency(_Part, frozen=True, kw_only=True):
    language: str
    fluency: str | None = None


class Meta(_Part, frozen=True, kw_only=True):
    version: str | None = None


class JsonResume(_Part, frozen=True, kw_only=True):
    basics: Basics
    work: tuple[Work, ...] = ()
    education: tuple[School, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    skills: tuple[SkillLevel, ...] = ()
    languages: tuple[Fluency, ...] = ()
    meta: Meta = Meta()


def json_resume_of(data: ResumeData) -> JsonResume:
    return JsonResume(
        basics=Basics(
            name=data.full_name,
            label=_label(data.experience),
            email=data.email,
            phone=data.phone,
            summary=data.summary,
            location=Place(address=data.location) if data.location else None,
        ),
        work=tuple(map(_work, data.experience)),
        education=tuple(
            School(
                institution=each.institution,
                study_type=each.degree,
                end_date=each.graduation_date,
                score=each.gpa,
            )
            for each in data.education
        ),
        certificates=tuple(
            Certificate(name=each.name, issuer=each.issuer, date=each.issue_date)
            for each in data.certifications
        ),
        skills=tuple(
            SkillLevel(
                name=each.name,
                level=each.proficiency,
                keywords=(each.canonical,) if each.canonical and each.canonical != each.name else (),
            )
            for each in data.skills
        ),
        languages=tuple(Fluency(language=each.name, fluency=each.proficiency) for each in data.languages),
        meta=Meta(version="v1.2.1"),
    )


def _label(experience: tuple[Experience, ...]) -> str | None:
    """The title of the latest job."""
    latest = next((job for job in experience if job.current), experience[0] if experience else None)
    return latest.title if latest else None


def _work(job: Experience) -> Work:
    return Work(
        name=job.company,
        position=job.title,
        location=job.location,
        start_date=job.start_date,
        end_date=job.end_date,
        summary=job.description,
        highlights=job.achievements,
    )
