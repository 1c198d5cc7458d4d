"""Word, a section of one column for the name, then one of two that the text flows through."""

from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Carlito", 10, margins=(1.7, 1.7))
    name = word.add(document, (d.name, "c20"), align=WD_ALIGN_PARAGRAPH.CENTER)
    word.spaced(name.runs[0], 3)
    contact = " ∙ ".join(filter(None, (d.address or d.place, d.phone, d.email, *d.links)))
    word.add(document, (d.headline or "", "i"), align=WD_ALIGN_PARAGRAPH.CENTER)
    word.rule(word.add(document, contact, align=WD_ALIGN_PARAGRAPH.CENTER, after=6))
    word.columns(document.add_section(WD_SECTION.CONTINUOUS), 2)

    def heading(text: str) -> None:
        paragraph = word.add(document, (text, "bc10.5#0f5132"), before=8, after=2)
        paragraph.paragraph_format.keep_with_next = True

    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        word.add(document, (label, "b"), before=2)
        for skill in skills:
            word.add(document, f"– {skill}")
    heading(d.h("education"))
    for study in d.education:
        word.add(document, (study.school, "b"), before=3)
        word.add(document, study.degree)
        word.add(document, (", ".join(filter(None, (study.place, d.studied(study), study.grade))), "i"))
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            word.add(document, f"– {language}: {level}")
    heading(d.h("jobs"))
    for job in d.jobs:
        word.add(document, (job.company, "b"), before=4)
        word.add(document, job.title)
        word.add(document, (", ".join(filter(None, (job.place, d.span(job)))), "i"))
        for bullet in job.bullets:
            word.add(document, f"– {bullet}", indent=0.4, hang=0.4)
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            word.add(document, (c.name, "b"))
            word.add(document, ", ".join(filter(None, (c.issuer, d.certified(c)))))
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    return document
