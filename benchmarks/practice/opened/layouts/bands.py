"""Word, sections in turn of one, two and three columns, with small capital headings between rules."""

from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    color = d.look.get("color", "3B5B3A")
    document = word.new(d.look.get("font", "Arial"), 10, margins=(1.7, 1.9))
    center = WD_ALIGN_PARAGRAPH.CENTER

    def band(count: int) -> None:
        word.columns(document.add_section(WD_SECTION.CONTINUOUS), count, 0.9)

    def heading(text: str, before: float = 9) -> None:
        made = word.add(document, (text, f"b11#{color}"), before=before, after=3)
        made.paragraph_format.keep_with_next = True
        word.rule(made, color=color, edge="bottom", size=12)

    def next_column() -> None:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.COLUMN)

    word.columns(document.sections[0], 1)
    word.add(document, (d.name, f"b22#{color}"), align=center)
    if d.headline:
        word.add(document, (d.headline, "12"), align=center)
    word.add(document, " ♦ ".join(filter(None, (d.email, d.phone))), align=center, before=2)
    word.add(document, " ♦ ".join(filter(None, (d.address or d.place, *d.links))), align=center)
    if d.summary:
        if d.h("summary"):
            heading(d.h("summary"))
        word.add(document, (d.summary, d.look.get("summary", "")), before=3, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    heading(d.h("skills"))
    band(d.look.get("columns", 3))
    for skill in d.all_skills:
        word.add(document, f"{d.look.get('bullet', '▪')} {skill}", indent=0.4, hang=0.4)

    def jobs() -> None:
        band(1)
        heading(d.h("jobs"))
        for job in d.jobs:
            place = f" ({job.place})" if job.place else ""
            line = d.look.get("line", "title")
            if line == "title":
                word.add(document, (job.title, "b"), f", {job.company}{place}", before=5)
                word.add(document, (d.span(job), f"i9.5#{color}"))
            else:
                word.add(document, (d.span(job), "b"), f"   {job.company}{place}", before=5)
                word.add(document, (job.title, "bi"))
            if job.about:
                word.add(document, (job.about, "9.5"))
            for bullet in job.bullets:
                word.add(document, bullet, style=d.look.get("list", "List Bullet"))

    def schooling() -> None:
        band(2)
        heading(d.h("education"))
        for study in d.education:
            word.add(document, (study.degree, "b"), before=3)
            word.add(document, ", ".join(filter(None, (study.school, study.place))))
            word.add(document, " – ".join(filter(None, (d.studied(study), study.grade))))
        if d.certificates or d.languages:
            next_column()
        if d.certificates:
            heading(d.h("certificates"))
        for c in d.certificates:
            word.add(document, (c.name, "b"), before=3)
            word.add(document, ", ".join(filter(None, (c.issuer, d.certified(c)))))
        if d.languages:
            heading(d.h("languages"))
        for language, level in d.languages:
            word.add(document, f"{language}: {level}")

    for part in (schooling, jobs) if d.look.get("schooling_first") else (jobs, schooling):
        part()
    band(1)
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    return document
