"""Write a part's people as plain resumes, one DOCX of a single column each, named by their ids."""

import argparse
from calendar import month_abbr
from pathlib import Path

from docx import Document
from docx.document import Document as Resume
from docx.shared import Pt
from part import PARTS, Candidate, Job, read


def month(date: str | None) -> str:
    """``2024-03`` as it is printed, ``Mar 2024``; no date: still there."""
    if date is None:
        return "Present"
    year, number = date.split("-")
    return f"{month_abbr[int(number)]} {year}"


def add_job(resume: Resume, job: Job) -> None:
    resume.add_paragraph().add_run(job.title).bold = True
    resume.add_paragraph(f"{job.company}, {job.location}")
    resume.add_paragraph(f"{month(job.start_date)} - {month(job.end_date)}")
    for bullet in job.bullets:
        resume.add_paragraph(bullet, style="List Bullet")


def rendered(person: Candidate) -> Resume:
    resume = Document()
    resume.core_properties.author = person.full_name
    font = resume.styles["Normal"].font
    font.name, font.size = "Arial", Pt(10.5)
    resume.add_heading(person.full_name, level=0)
    resume.add_paragraph(person.title)
    resume.add_paragraph(" | ".join((person.location, person.phone, person.email)))
    resume.add_heading("Profile", level=1)
    resume.add_paragraph(person.summary)
    resume.add_heading("Work Experience", level=1)
    for job in person.experience:
        add_job(resume, job)
    resume.add_heading("Education", level=1)
    for study in person.education:
        resume.add_paragraph(f"{study.degree}, {study.institution}, {study.graduation_date}")
    resume.add_heading("Skills", level=1)
    resume.add_paragraph(", ".join(person.skills))
    if person.certifications:
        resume.add_heading("Certifications", level=1)
        for certificate in person.certifications:
            resume.add_paragraph(certificate, style="List Bullet")
    return resume


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", choices=PARTS, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    asked = arguments.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    people = read(asked.part).candidates
    for person in people:
        rendered(person).save(asked.out / f"{person.id}.docx")
    print(f"{len(people)} resumes in {asked.out}")


if __name__ == "__main__":
    main()
