"""A resume's file becomes structured data."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.embeddings import Embedder
from hotgigs.filetypes import FileType
from hotgigs.parser.ai_summary import summarise
from hotgigs.parser.certifications import read_certifications
from hotgigs.parser.contact import read_contact
from hotgigs.parser.document import Document, Line
from hotgigs.parser.education import read_education
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.evidence import evidence_of
from hotgigs.parser.experience import read_experience
from hotgigs.parser.extraction import READERS, pdf
from hotgigs.parser.extraction.allowance import MAX_CHARACTERS, TOO_LONG
from hotgigs.parser.headings import SectionKind
from hotgigs.parser.languages import read_languages
from hotgigs.parser.page_foot import with_foot_apart
from hotgigs.parser.proficiency import rate_skills
from hotgigs.parser.sections import Section, split_sections
from hotgigs.parser.skills import read_skills
from hotgigs.parser.steps import OnStep, Step, ignore_step
from hotgigs.parser.summaries import read_summary
from hotgigs.parser.top_skills import rank_skills

EMBEDDER = Embedder()
"""The process's own; loads its model at first use, in 0.1 to 0.2 s."""
MAX_LINE_CHARACTERS = 10_000
"""Four pages of one paragraph; what a longer one says after that is not read: each pattern searches it."""


def parse_resume(data: bytes, file_type: FileType, today: date, on_step: OnStep = ignore_step) -> ResumeData:
    """What the file says, jobs that go on counted until ``today``; raises `Unreadable`."""
    return understand(read_document(data, file_type, on_step), today, on_step)


def read_document(data: bytes, file_type: FileType, on_step: OnStep = ignore_step) -> Document:
    """What the file's type's reader makes of it; raises `Unreadable`."""
    on_step(Step.OPEN)
    read = READERS.get(file_type)
    if read is None:
        raise Unreadable("A file of this type is not a resume.")
    on_step(Step.READ_PAGES)
    if file_type is FileType.PDF:
        return pdf.extract(data, lambda: on_step(Step.READ_SCAN))
    return read(data)


def understand(document: Document, today: date, on_step: OnStep = ignore_step) -> ResumeData:
    """Raises `Unreadable` where the document has no text, or more than a resume can have."""
    document = readable(document)
    on_step(Step.FIND_SECTIONS)
    sections = split_sections(document)
    on_step(Step.READ_SECTIONS)
    experience, years = read_experience(_of_kind(sections, "experience"), today)
    education = read_education(_of_kind(sections, "education"))
    skills, reasons = rate_skills(read_skills(_of_kind(sections, "skills")), experience, today)
    locations = (*(job.location for job in experience), *(entry.location for entry in education))
    places = [location for location in locations if location]
    contact = read_contact(document, sections, places)
    resume = ResumeData(
        full_name=contact.full_name,
        email=contact.email,
        phone=contact.phone,
        location=contact.location,
        summary=read_summary(sections),
        experience=experience,
        education=education,
        skills=skills,
        certifications=read_certifications(sections),
        languages=read_languages(sections, (skill.name for skill in skills)),
        total_experience_years=years,
    )
    on_step(Step.SUMMARISE)
    return summed_up(resume, document, sections, today, reasons)


def summed_up(
    resume: ResumeData,
    document: Document,
    sections: Sequence[Section],
    today: date,
    reasons: Mapping[str, str],
) -> ResumeData:
    """With what follows from its values, and their evidence; ``reasons`` as in `rate_skills`."""
    resume = msgspec.structs.replace(
        resume, top_skills=rank_skills(resume.skills, resume.experience, resume.summary, today)
    )
    return msgspec.structs.replace(
        resume,
        ai_summary=summarise(resume, today, EMBEDDER.embed),
        evidence=evidence_of(document, sections, resume, reasons),
    )


def readable(document: Document) -> Document:
    """Without empty lines, the foot of a page apart.

    Raises `Unreadable` where there is no text, or more than a resume can have.
    """
    lines = tuple(line for line in map(_shortened, document.lines) if line.text.strip())
    if not lines:
        raise Unreadable("The document has no text.")
    if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    return with_foot_apart(msgspec.structs.replace(document, lines=lines))


def _shortened(line: Line) -> Line:
    if len(line.text) <= MAX_LINE_CHARACTERS:
        return line
    return msgspec.structs.replace(line, text=line.text[:MAX_LINE_CHARACTERS])


def _of_kind(sections: Sequence[Section], kind: SectionKind) -> list[Section]:
    return [section for section in sections if section.kind == kind]
