"""Word, sections in newspaper columns below a full-width head; contact data and page numbers in the foot."""

from typing import Any

from docx.enum.section import WD_SECTION
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Liberation Sans", 9.5, margins=(1.8, 1.8))
    footer = document.sections[0].footer.paragraphs[0]
    word.write(footer, "  –  ".join(filter(None, (d.name, d.phone, d.email, *d.links))) + "  –  ", "8")
    word.page_field(footer)
    name = word.add(document, (d.name, "b22#8a3b12"))
    word.rule(name, color="8A3B12")
    if d.headline:
        word.add(document, (d.headline, "s13"), after=3)
    if d.summary:
        word.add(document, (d.summary, "i"), after=6)
    columns = document.add_section(WD_SECTION.CONTINUOUS)
    word.columns(columns, 2, 0.9)

    def heading(text: str) -> None:
        made = word.add(document, (text, "b11#ffffff"), before=8, after=3)
        made.paragraph_format.keep_with_next = True
        word.shade(made, "8A3B12")

    heading(d.h("education"))
    for study in d.education:
        word.add(document, (study.degree, "b"), before=3)
        word.add(document, ", ".join(filter(None, (study.school, study.place))))
        word.add(document, ("   ".join(filter(None, (d.studied(study), study.grade))), "i#555555"))
        for note in study.notes:
            word.add(document, note)
    if d.certificates:
        # Certificates stand among the schooling, under a small heading of their own.
        word.add(document, (d.h("certificates"), "bi"), before=4)
        for c in d.certificates:
            word.add(document, ", ".join(filter(None, (c.name, c.issuer, d.certified(c)))))
    heading(d.h("jobs"))
    for job in d.jobs:
        word.add(document, (job.title, "b"), before=4)
        word.add(document, ", ".join(filter(None, (job.company, job.place))))
        word.add(document, (d.span(job), "i#555555"))
        for bullet in job.bullets:
            word.add(document, f"– {bullet}", indent=0.35, hang=0.35)
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        word.add(document, (f"{label}: ", "b"), ", ".join(skills))
    if d.languages:
        word.add(document, (f"{d.h('languages')}: ", "b"), ", ".join(f"{a} ({b})" for a, b in d.languages))
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line, after=2)
    heading(d.h("contact"))
    for line in filter(None, (d.address or d.place, d.phone, d.email)):
        word.add(document, line)
    # A section break at the end balances the columns.
    word.columns(document.add_section(WD_SECTION.CONTINUOUS), 1)
    return document
