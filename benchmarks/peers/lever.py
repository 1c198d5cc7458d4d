"""LeverParser, regular expressions on pdfplumber's text, in the data's shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from page import Unavailable
from peers.answers import Read, timed

NAME = "LeverParser"


@contextmanager
def reader(folder: Path) -> Iterator[Read]:
    """Raises Unavailable without the package."""
    try:
        from pyresume import ResumeParser  # noqa: PLC0415 - a peer, which need not be there
    except ImportError as err:
        raise Unavailable("leverparser is not installed") from err
    parser = ResumeParser()
    yield timed(lambda file: _data(parser.parse(str(file))))


def _data(resume: Any) -> dict[str, Any]:
    contact = resume.contact_info
    return {
        "full_name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "location": contact.address,
        "summary": resume.summary,
        "total_experience_years": resume.get_years_experience(),
        "experience": [
            {
                "title": job.title,
                "company": job.company,
                "location": job.location,
                "start_date": _month(job.start_date),
                "end_date": _month(job.end_date),
                "current": job.current,
                "description": job.description,
                "achievements": job.responsibilities,
            }
            for job in resume.experience
        ],
        "education": [
            {
                "degree": entry.degree,
                "institution": entry.institution,
                "location": entry.location,
                "graduation_date": _month(entry.graduation_date),
                "gpa": entry.gpa,
            }
            for entry in resume.education
        ],
        "skills": [{"name": skill.name} for skill in resume.skills],
        "certifications": [
            {
                "name": own.name,
                "issuer": own.issuer,
                "issue_date": _month(own.issue_date),
                "expiry_date": _month(own.expiry_date),
            }
            for own in resume.certifications
        ],
    }


def _month(day: date | None) -> str | None:
    return day.isoformat()[:7] if day else None
