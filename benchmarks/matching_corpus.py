"""People, postings and what each is worth to the other: a folder with candidates.json, jobs.json and
qrels.json, and perhaps the people's resumes in docs."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.resume_data import Certification, Education, Experience, ResumeData
from hotgigs.filetypes import identify
from hotgigs.ingest.profiles import profile_of
from hotgigs.parser.dates import PartialDate, Period
from hotgigs.parser.experience import years_covered
from hotgigs.parser.parse_resume import parse_resume
from hotgigs.parser.proficiency import rate_skills
from hotgigs.parser.skills import PrintedSkill
from hotgigs.parser.top_skills import rank_skills

PRACTICE = Path(__file__).parent / "practice" / "matching"
NEVER_LOOKED_AT = "unseen"
"""The name of a part whose people, jobs and single errors are not read: only its means are."""


class Corpus(Struct, frozen=True, kw_only=True):
    """All by the ids that the folder gives; grades by job and candidate."""

    candidates: Mapping[str, CandidateProfile]
    jobs: Mapping[str, JobPosting]
    qrels: Mapping[str, Mapping[str, int]]


def load_corpus(folder: Path, *, today: date, documents: Path | None = None) -> Corpus:
    """The profiles are what the parser understands of ``documents``, which are named by the people's ids,
    else what candidates.json says."""
    if documents is not None:
        candidates = {each.stem: _parsed(each, today) for each in sorted(documents.iterdir())}
    else:
        people = json.loads((folder / "candidates.json").read_text("utf-8"))
        candidates = {person["id"]: _told(person, today) for person in people}
    return Corpus(
        candidates=candidates,
        jobs=load_jobs(folder),
        qrels=json.loads((folder / "qrels.json").read_text("utf-8")),
    )


def documents_of(corpus: Path, folder: Path) -> Path:
    """The people's resumes: the corpus's own, else those that the practice material's program writes into
    ``folder``."""
    if (corpus / "docs").exists():
        return corpus / "docs"
    written = folder / corpus.name
    program = PRACTICE / "render.py"
    subprocess.run(
        [sys.executable, program, "--part", corpus.name, "--out", written], check=True, capture_output=True
    )
    return written


def load_jobs(folder: Path) -> dict[str, JobPosting]:
    jobs = json.loads((folder / "jobs.json").read_text("utf-8"))
    return {job["id"]: msgspec.convert(job, JobPosting) for job in jobs}


def _parsed(document: Path, today: date) -> CandidateProfile:
    content = document.read_bytes()
    return profile_of(parse_resume(content, identify(BytesIO(content)), today), ProfileEdits())


def _told(person: Mapping[str, Any], today: date) -> CandidateProfile:
    """As a parser that errs nowhere understands the person's resume."""
    jobs = tuple(_experience(job) for job in person["experience"])
    skills, _ = rate_skills([PrintedSkill(name) for name in person["skills"]], jobs, today)
    summary = person["summary"]
    data = ResumeData(
        full_name=person["full_name"],
        email=person["email"],
        phone=person["phone"],
        location=person["location"],
        summary=summary,
        experience=jobs,
        education=msgspec.convert(person["education"], tuple[Education, ...]),
        skills=skills,
        top_skills=rank_skills(skills, jobs, summary, today),
        certifications=tuple(_certification(each) for each in person["certifications"]),
        total_experience_years=_years(jobs, today),
    )
    return profile_of(data, ProfileEdits())


def _experience(job: Mapping[str, Any]) -> Experience:
    fields = {name: job.get(name) for name in ("title", "company", "location", "start_date", "end_date")}
    return Experience(**fields, current=job["current"], achievements=tuple(job["bullets"]))


def _certification(told: str | Mapping[str, Any]) -> Certification:
    return Certification(name=told) if isinstance(told, str) else msgspec.convert(told, Certification)


def _years(jobs: Sequence[Experience], today: date) -> float:
    return years_covered(
        [
            Period(
                _partial(job.start_date), _partial(job.end_date) if job.end_date else None, job.current, 0, 0
            )
            for job in jobs
            if job.start_date
        ],
        today,
    )


def _partial(text: str) -> PartialDate:
    year, _, month = text.partition("-")
    return PartialDate(int(year), int(month) if month else None)
