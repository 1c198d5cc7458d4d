"""What a model says of a resume, checked against the document and put together with what was found here.

The document is the only source of values: an answer points at places in it, and what is printed there is
taken. What is not found is refused, and the local value stays. Whatever is not printed (years of
experience, categories of skills, summaries) is made here from what was taken.
"""

from datetime import date

import msgspec

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.parser.document import Document
from hotgigs.parser.experience import years_covered
from hotgigs.parser.refining.printed_contact import refine_contact
from hotgigs.parser.refining.printed_degrees import refine_certifications, refine_education
from hotgigs.parser.refining.printed_jobs import period_of, refine_jobs
from hotgigs.parser.refining.printed_languages import refine_languages
from hotgigs.parser.refining.printed_skills import refine_skills
from hotgigs.parser.refining.printed_text import PrintedText


def refine(local: ResumeData, said: ResumeData, document: Document, today: date) -> ResumeData:
    """``local`` itself where nothing of what is said makes a difference; else summaries are still the
    local ones."""
    text = PrintedText(document)
    experience = refine_jobs(local.experience, said.experience, text)
    refined = msgspec.structs.replace(
        refine_contact(local, said, text),
        experience=experience,
        education=refine_education(local.education, said.education, text),
        skills=refine_skills(local.skills, said.skills, text),
        certifications=refine_certifications(local.certifications, said.certifications, text),
        languages=refine_languages(local.languages, said.languages, text),
    )
    if refined == local:
        return local
    if experience == local.experience:
        return refined
    periods = [period for job in experience if (period := period_of(job))]
    return msgspec.structs.replace(refined, total_experience_years=years_covered(periods, today))
