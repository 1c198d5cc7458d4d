"""Word, one borderless table per section: its heading in the left cell, what it holds in the right one."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from engines import word
from printed import Printed

_WIDTHS = [4.2, 13.0]


def build(d: Printed) -> Any:
    document = word.new("Carlito", 10.5, margins=(1.8, 1.9))
    right = WD_ALIGN_PARAGRAPH.RIGHT
    word.add(document, (d.name, "b20"), align=right)
    contact = " / ".join(filter(None, (d.address or d.place, d.phone, d.email, *d.links)))
    word.rule(word.add(document, (contact, "9.5"), align=right, after=6))
    opened: list[Any] = []

    def section(heading: str) -> Any:
        table = word.table(document, _WIDTHS)
        left, inside = word.row(table, _WIDTHS)
        word.add(left, (heading, "bc10#1f5c7a"))
        opened.extend((left, inside))
        word.add(document, ("", "4"))
        return inside

    if d.summary or d.headline:
        inside = section(d.h("summary"))
        if d.headline:
            word.add(inside, (d.headline, "b"))
        if d.summary:
            word.add(inside, d.summary)
    inside = section(d.h("jobs"))
    for number, job in enumerate(d.jobs):
        employer = (job.company, "b"), f", {job.place}" if job.place else ""
        word.add(inside, *employer, f"\t{d.span(job)}", tab=12.6, before=5 if number else 0)
        word.add(inside, (job.title, "i"))
        for bullet in job.bullets:
            word.add(inside, f"▪ {bullet}", indent=0.4, hang=0.4)
    inside = section(d.h("education"))
    for study in d.education:
        word.add(inside, (study.degree, "b"), f"\t{d.studied(study)}", tab=12.6)
        word.add(inside, ", ".join(filter(None, (study.school, study.place, study.grade))), after=3)
        for note in study.notes:
            word.add(inside, note)
    inside = section(d.h("skills"))
    for label, skills in d.skills.items():
        word.add(inside, f"{label}: {', '.join(skills)}")
    if d.languages:
        word.add(
            inside, f"{d.h('languages')}: ", ", ".join(f"{name} ({level})" for name, level in d.languages)
        )
    if d.certificates:
        inside = section(d.h("certificates"))
        for c in d.certificates:
            word.add(inside, ", ".join(filter(None, (c.name, c.issuer))), f"\t{d.certified(c)}", tab=12.6)
    for other in d.other:
        inside = section(other.heading)
        for line in other.lines:
            word.add(inside, line)
    word.close(opened)
    return document
