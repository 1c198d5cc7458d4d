"""Word as its own templates have it: style headings, content controls, everything centred but the text."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from engines import word
from printed import Printed


def _control(paragraph: Any, tag: str) -> None:
    """Put the whole paragraph into a content control."""
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    paragraph._p.addprevious(control)
    control[-1].append(paragraph._p)


def build(d: Printed) -> Any:
    document = word.new("Caladea", 11, margins=(2.2, 2.6))
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for name, size in (("Title", 26), ("Heading 1", 14), ("Heading 2", 12)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = "Caladea", Pt(size), RGBColor(0x2E, 0x4A, 0x3F)
    _control(word.add(document, d.name, style="Title", align=centre), "Your Name")
    contact = "  •  ".join(filter(None, (d.address or d.place, d.phone, d.email, *d.links)))
    _control(word.add(document, contact, align=centre, after=6), "Contact")

    def heading(text: str) -> None:
        _control(word.add(document, text, style="Heading 1", align=centre, before=12, after=4), "Heading")

    if d.headline:
        word.add(document, (d.headline, "i12"), align=centre)
    if d.summary:
        heading(d.h("summary"))
        _control(word.add(document, d.summary), "Summary")
    if d.skills:
        heading(d.h("skills"))
        word.add(document, " | ".join(d.all_skills), align=centre)
    heading(d.h("jobs"))
    for job in d.jobs:
        title = word.add(
            document, f"{job.title} | {job.company} | {d.span(job)}", style="Heading 2", before=6
        )
        _control(title, "Job Title")
        if job.place:
            word.add(document, (job.place, "i"))
        for bullet in job.bullets:
            _control(word.add(document, bullet, style="List Bullet"), "Duty")
    heading(d.h("education"))
    for study in d.education:
        line = " | ".join(filter(None, (study.degree, study.school, d.studied(study))))
        _control(word.add(document, line, style="Heading 2", before=4), "Degree")
        for text in filter(None, (study.place, study.grade, *study.notes)):
            word.add(document, text)
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            word.add(document, " | ".join(filter(None, (c.name, c.issuer, d.certified(c)))), align=centre)
    if d.languages:
        heading(d.h("languages"))
        spoken = ", ".join(f"{language} ({level})" for language, level in d.languages)
        word.add(document, spoken, align=centre)
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line, align=centre)
    return document
