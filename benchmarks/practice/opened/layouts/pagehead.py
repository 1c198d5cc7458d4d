"""Word, heading styles; the name stands in the page header only and how to reach it in the footer."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Liberation Sans", 10.5, margins=(2.4, 2.4))
    for name, size in (("Heading 1", 13), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            "Liberation Sans",
            Pt(size),
            RGBColor(0x8A, 0x3B, 0x12),
        )
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.spaced(word.write(head, d.name.upper(), "b16"), 2.5)
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.rule(foot, edge="top")
    word.write(foot, " / ".join(filter(None, (d.address or d.place, d.phone, d.email, *d.links))), "9")
    if d.headline:
        word.add(document, (d.headline, "b12"))
    if d.summary:
        word.add(document, d.h("summary"), style="Heading 1")
        word.add(document, d.summary, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    word.add(document, d.h("jobs"), style="Heading 1")
    for job in d.jobs:
        word.add(document, f"{job.title} – {job.company}", style="Heading 2", before=6)
        word.add(document, (f"({d.span(job)})", "i"), f" {job.place}" if job.place else "")
        if job.about:
            word.add(document, (job.about, "i"))
        for bullet in job.bullets:
            word.add(document, bullet, style="List Bullet 2")
    word.add(document, d.h("education"), style="Heading 1")
    for study in d.education:
        word.add(document, f"{study.degree} – {study.school}", style="Heading 2", before=4)
        dated = f"({d.studied(study)})" if study.end else ""
        word.add(document, (dated, "i"), f" {study.place}" if study.place else "")
        for line in filter(None, (study.grade, *study.notes)):
            word.add(document, line)
    if d.certificates:
        word.add(document, d.h("certificates"), style="Heading 1")
        for c in d.certificates:
            issuer = f" – {c.issuer}" if c.issuer else ""
            dated = f" ({d.certified(c)})" if c.issued else ""
            word.add(document, f"{c.name}{issuer}{dated}", style="List Number")
    word.add(document, d.h("skills"), style="Heading 1")
    for label, skills in d.skills.items():
        word.add(document, (label, "b"))
        word.add(document, " | ".join(skills))
    if d.languages:
        word.add(document, d.h("languages"), style="Heading 1")
        word.add(document, "; ".join(f"{language} – {level}" for language, level in d.languages))
    for other in d.other:
        word.add(document, other.heading, style="Heading 1")
        for line in other.lines:
            word.add(document, line)
    return document
