"""What a parser understood of one resume: the shape of ``GET /api/resumes/{resume_id}/data``."""

from msgspec import UNSET, Struct, UnsetType


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


class SkillV1(Struct, frozen=True, kw_only=True):
    """A skill as printed; ``category`` and ``proficiency`` are None where nothing supports one."""

    name: str
    category: str | None = None
    proficiency: str | None = None


class Skill(Struct, frozen=True, kw_only=True):
    """A skill as printed; ``category`` and ``proficiency`` are None where nothing supports one.

    ``canonical`` is the vocabulary's name for it, the same for all its aliases; None for a skill that
    the vocabulary does not know.
    """

    name: str
    canonical: str | None = None
    category: str | None = None
    proficiency: str | None = None


class Certification(Struct, frozen=True, kw_only=True):
    """A certificate or licence; dates as in `Experience`."""

    name: str
    issuer: str | None = None
    issue_date: str | None = None
    expiry_date: str | None = None


class Language(Struct, frozen=True, kw_only=True):
    """A language as printed, and how well it is known in the resume's words, such as ``C1`` or ``native``."""

    name: str
    proficiency: str | None = None


class Box(Struct, frozen=True, kw_only=True):
    """In points from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Evidence(Struct, frozen=True, kw_only=True):
    """Where a value came from, and how sure it is.

    ``page`` is counted from 1; it and ``box`` are None where the format has no pages before it is laid
    out, or the value is printed nowhere. ``text`` is what is printed there. Of the values with a
    ``confidence`` of 0.9 about nine in ten are right. ``reason`` says why, where a value is concluded
    rather than printed.
    """

    confidence: float
    page: int | None = None
    box: Box | None = None
    text: str | None = None
    reason: str | None = None


class ResumeDataV1(Struct, frozen=True, kw_only=True):
    full_name: str | None = None
    email: str | None = None
    phone: str | None = None
    location: str | None = None
    summary: str | None = None
    experience: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[SkillV1, ...] = ()
    top_skills: tuple[str, ...] = ()
    certifications: tuple[Certification, ...] = ()
    total_experience_years: float = 0.0
    ai_summary: str | None = None


class ResumeData(Struct, frozen=True, kw_only=True):
    """``phone`` is E.164 where the country is known; ``total_experience_years`` counts overlapping
    jobs once, in years with one decimal. ``evidence`` is by the JSON Pointer (RFC 6901) of a value in
    this data, such as ``/experience/0/title``; unset where it is not told."""

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
    languages: tuple[Language, ...] = ()
    total_experience_years: float = 0.0
    ai_summary: str | None = None
    evidence: dict[str, Evidence] | UnsetType = UNSET
