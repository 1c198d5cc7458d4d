"""A plain baseline: pypdf's text, split at the commonest headings and read by regular expressions."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peers.answers import Read, timed
from peers.printed_dates import DATE, PERIOD, date, period, total_years
from pypdf import PdfReader

NAME = "regular expressions on pypdf"
Data = dict[str, Any]

_HEADINGS = {
    "summary": r"(professional |executive |career )?(summary|profile|objective)|about( me)?",
    "experience": r"((work|professional|employment) )?(experience|history)|employment|career",
    "education": r"education( (and|&) training)?|academic background",
    "skills": r"((key|core|technical|professional) )?(skills|competencies)|technologies",
    "certifications": r"certifications?|certificates|licen[cs]es( (and|&) certifications)?",
    "other": r"(personal )?projects|languages|interests|hobbies|references|awards|publications|volunteering",
}
_BULLET = re.compile(r"\s*[•▪●◦‣*·–-]\s+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(r"\+?\(?\d[\d ().-]{7,16}\d")
_PLACE = re.compile(r"(?:^|[|·•]\s*)([A-ZÀ-Ý][\w.' -]+, [A-ZÀ-Ý][\w. ]+)(?=\s*(?:[|·•]|$))")
_SCHOOL = re.compile(r"universit|college|institute|school|academy", re.IGNORECASE)
_GRADE = re.compile(r"(?:gpa|grade)\W*(\d(?:[.,]\d+)?)", re.IGNORECASE)


@contextmanager
def reader(folder: Path) -> Iterator[Read]:
    yield timed(_read)


def _read(path: Path) -> Data:
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sections = _sections(lines)
    top = sections["top"]
    place = next((found for line in top[1:] if (found := _PLACE.search(line))), None)
    mail, phone = _MAIL.search(text), _PHONE.search("\n".join(top))
    jobs = _jobs(sections["experience"])
    return {
        "full_name": lines[0] if lines else None,
        "email": mail[0] if mail else None,
        "phone": phone[0] if phone else None,
        "location": place[1] if place else None,
        "summary": " ".join(sections["summary"]),
        "experience": jobs,
        "total_experience_years": total_years(jobs, datetime.now(UTC).date()),
        "education": _education(sections["education"]),
        "skills": [
            {"name": name.strip()}
            for line in sections["skills"]
            for name in re.split(r"[,;|•·]", line.partition(":")[2] or line)
            if name.strip()
        ],
        "certifications": [_certification(_BULLET.sub("", line)) for line in sections["certifications"]],
    }


def _sections(lines: list[str]) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {kind: [] for kind in ("top", *_HEADINGS)}
    kind = "top"
    for line in lines:
        headed = (k for k, words in _HEADINGS.items() if re.fullmatch(words, line.strip(": "), re.IGNORECASE))
        heading = next(headed, None)
        if heading is None:
            sections[kind].append(line)
        kind = heading or kind
    return sections


def _jobs(lines: list[str]) -> list[Data]:
    """A job begins with the line of its dates; the line after it names the company."""
    jobs: list[Data] = []
    for line in lines:
        if PERIOD.search(line):
            title = PERIOD.sub("", line).strip(" ,|()–—-")
            jobs.append({"title": title, "company": None, "achievements": [], **period(line)})
        elif _BULLET.match(line) and jobs:
            jobs[-1]["achievements"].append(_BULLET.sub("", line))
        elif jobs and jobs[-1]["achievements"]:
            jobs[-1]["achievements"][-1] += f" {line}"
        elif jobs and jobs[-1]["company"] is None:
            company, _, place = line.partition(", ")
            jobs[-1] |= {"company": company, "location": place}
    return jobs


def _education(lines: list[str]) -> list[Data]:
    """A line with a year begins an entry; the line that speaks of a school is its institution."""
    entries: list[Data] = []
    for line in lines:
        if DATE.search(line):
            degree = DATE.sub("", PERIOD.sub("", line)).strip(" ,|()–—-")
            entries.append({"degree": degree, "graduation_date": date(line)})
        elif entries and _SCHOOL.search(line):
            school, _, place = line.partition(", ")
            entries[-1] |= {"institution": school, "location": place}
        if entries and (grade := _GRADE.search(line)):
            entries[-1]["gpa"] = grade[1]
    return entries


def _certification(line: str) -> Data:
    name, _, issuer = DATE.sub("", line).strip(" ,()").partition(" – ")
    return {"name": name, "issuer": issuer, "issue_date": date(line)}
