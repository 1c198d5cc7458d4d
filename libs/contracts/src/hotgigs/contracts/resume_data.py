"""What a parser understood of one resume: the shape of ``GET /api/resumes/{resume_id}/data``."""

from msgspec import Struct


class Experience(Struct, frozen=True, kw_only=True):
    """One job, or one of several titles held at one company.

    Dates are ``YYYY-MM``, or ``YYYY`` where the resume prints no month; ``end_date`` is None while
    ``current`` is true.
    """

    title: str | None = None
    company: str | None = None
    location: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    current: bool = False
    description: str | None = None
    achievements: tuple[str, ...] = ()


class Education(Struct, frozen=True, kw_only=True):
    """One degree; ``graduation_date`` as in `Experience`, ``gpa`` as printed without its scale."""

    degree: str | None = None
    institution: str | None = None
    location: str | None = None
    graduation_date: str | None = None
    gpa: str | None = None


class Skill(Struct, frozen=True, kw_only=True):
    """A skill as printed; ``category`` and ``proficiency`` are None where nothing supports one."""

    name: str
    category: str | None = None
    proficiency: str | None = None


class Certification(Struct, frozen=True, kw_only=True):
    """A certificate or licence; dates as in `Experience`."""

    name: str
    issuer: str | None = None
    issue_date: str | None = None
    expiry_date: str | None = None


class ResumeData(Struct, frozen=True, kw_only=True):
    """``phone`` is E.164 where the country is known; ``total_experience_years`` counts overlapping
    jobs once, in years with one decimal."""

    full_name: str | None = None
    email: str | None = None
    phone: str | None = None
    location: str | None = None
    summary: str | None = None
    experience: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[Skill, ...] = ()
    top_skills: tuple[str, ...] = ()
    certifications: tuple[Certification, ...] = ()
    total_experience_years: float = 0.0
    ai_summary: str | None = None
