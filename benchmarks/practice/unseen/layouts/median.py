"""A table of two columns with the headings in the narrow one, as Word's own templates had them."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from engines.word import add, close, new, row, shade, table

_BLUE, _ORANGE = "#94b6d2", "#dd8047"


def build(d: Any) -> Any:
    doc = new("Calibri", 10.5, margins=(1.6, 1.8))
    widths = [4.3, 13.1]
    grid = table(doc, widths)

    def cells() -> list[Any]:
        return row(grid, widths)

    left, right = cells()
    shade(left, _ORANGE[1:])
    shade(right, _BLUE[1:])
    add(right, (d.name, "26#ffffff"), before=6, after=6)
    close([left, right])
    left, right = cells()
    add(left, (d.headline or "", "b10"), before=3, after=6)
    add(
        right,
        "  ·  ".join(filter(None, [d.address or d.place, d.phone, d.email, *d.links])),
        before=3,
        after=6,
    )

    def section(heading: str) -> Any:
        left, right = cells()
        add(left, (heading, "b11.5#775f55"), align=ALIGN.RIGHT, before=6)
        return right

    def entry(date: str) -> Any:
        left, right = cells()
        add(left, (date, "#775f55"), align=ALIGN.RIGHT, before=3)
        return right

    if d.summary:
        add(section(d.h("summary")), d.summary, before=6)
    close([section(d.h("jobs"))])
    for job in d.jobs:
        cell = entry(d.span(job))
        add(cell, (job.title, "b"), before=3)
        add(cell, job.company + (f" ({job.place})" if job.place else ""))
        if job.about:
            add(cell, (job.about, "i9.5"))
        for bullet in job.bullets:
            add(cell, bullet, style="List Bullet")
    close([section(d.h("education"))])
    for study in d.education:
        cell = entry(d.studied(study))
        add(cell, (study.degree, "b"), before=3)
        add(cell, ", ".join(filter(None, [study.school, study.place])))
        if study.grade:
            add(cell, study.grade)
    if d.certificates:
        close([section(d.h("certificates"))])
        for one in d.certificates:
            add(entry(d.certified(one)), one.name, f" / {one.issuer}" if one.issuer else "", before=3)
    cell = section(d.h("skills"))
    for skill in d.all_skills:
        add(cell, skill, style="List Bullet")
    if d.languages:
        cell = section(d.h("languages"))
        for language, level in d.languages:
            add(cell, f"{language}, {level}", before=2)
    for other in d.other:
        cell = section(other.heading)
        for line in other.lines:
            add(cell, line, before=2)
    return doc
