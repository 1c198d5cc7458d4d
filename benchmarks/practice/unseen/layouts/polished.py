"""As recent templates of Office: a large thin name, contact at the right of it, ruled headings."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from engines.word import add, close, new, row, rule, spaced, table, write


def build(d: Any) -> Any:
    doc = new("Carlito", 10.5, margins=(1.8, 2.2))
    widths = [10.4, 6.2]
    head = table(doc, widths)
    left, right = row(head, widths)
    add(left, (d.name, "27#1f4e5f"))
    if d.headline:
        add(left, (d.headline, "13#7f7f7f"))
    for line in filter(None, [d.address or d.place, d.phone, d.email, *d.links]):
        add(right, (line, "9.5"), align=ALIGN.RIGHT)
    close([left, right])

    def heading(text: str) -> None:
        paragraph = add(doc, before=11, after=3)
        paragraph.paragraph_format.keep_with_next = True
        spaced(write(paragraph, text, "cb11#1f4e5f"), 1.5)
        rule(paragraph, color="1f4e5f", edge="top", size=12)

    if d.summary:
        heading(d.h("summary"))
        add(doc, d.summary)
    heading(d.h("skills"))
    half = (len(d.all_skills) + 1) // 2
    grid = table(doc, [8.3, 8.3])
    two = row(grid, [8.3, 8.3])
    for cell, skills in zip(two, (d.all_skills[:half], d.all_skills[half:]), strict=True):
        for skill in skills:
            add(cell, skill, style="List Bullet")
    close(two)
    heading(d.h("jobs"))
    for job in d.jobs:
        add(doc, (d.span(job), "c9.5#7f7f7f"), before=5)
        add(doc, (job.title, "b11#1f4e5f"), " | ", (job.company, "i"), f" | {job.place}" if job.place else "")
        if job.bullets:
            add(doc, " ".join(b if b.endswith(".") else b + "." for b in job.bullets))
    heading(d.h("education"))
    for study in d.education:
        dated = d.studied(study)
        add(
            doc,
            (study.degree, "b#1f4e5f"),
            f" | {dated}" if dated else "",
            " | ",
            (study.school, "i"),
            before=4,
        )
        rest = ", ".join(filter(None, [study.place, study.grade]))
        if rest:
            add(doc, rest)
    if d.certificates:
        heading(d.h("certificates"))
        for one in d.certificates:
            add(doc, (one.name, "b"), f" | {one.issuer}" if one.issuer else "", f" | {d.certified(one)}")
    if d.languages:
        heading(d.h("languages"))
        add(doc, "   ".join(f"{language} ({level})" for language, level in d.languages))
    for other in d.other:
        heading(other.heading)
        for line in other.lines:
            add(doc, line)
    return doc
