"""Word's own template: a large light name, capital headings, each entry's dates on a line above it."""

from typing import Any

from docx.shared import Pt
from engines import word
from printed import Printed

_GREY = "595959"


def build(d: Printed) -> Any:
    color = d.look.get("color", "2A7B88")
    document = word.new(
        d.look.get("font", "Cambria"), 10.5, margins=(2.0, 2.5), letter=d.look.get("letter", True)
    )
    first, _, last = d.name.partition(" ")
    title = word.add(document, (first + " ", f"32#{_GREY}"), (last, f"b32#{color}"))
    word.rule(title, color=color, size=12)
    contact = [d.address or d.place, d.phone, d.email, *d.links]
    word.add(
        document, (d.look.get("between", " · ").join(filter(None, contact)), f"10#{_GREY}"), before=3, after=4
    )
    if d.headline:
        word.add(document, (d.headline, f"14#{color}"), before=2)

    def heading(text: str) -> None:
        made = document.add_heading(level=1)
        word.write(made, text, f"b14#{color}")
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(12), Pt(3)

    def dated(when: str, what: str, where: str | None, place: str | None) -> None:
        """The template's two lines: dates, then WHAT, where, place."""
        if when:
            word.add(document, (when, f"9.5#{_GREY}"), before=5).paragraph_format.keep_with_next = True
        made = document.add_heading(level=2)
        made.paragraph_format.space_before = Pt(0)
        between = d.look.get("comma", ", ")
        word.write(made, what, f"b{d.look.get('case', 'c')}11#{color}")
        word.write(made, between + ", ".join(filter(None, (where, place))), f"11#{_GREY}")
        for run in made.runs[1:]:
            run.bold = False

    def summary() -> None:
        if d.summary:
            if d.h("summary"):
                heading(d.h("summary"))
            word.add(document, d.summary)

    def jobs() -> None:
        heading(d.h("jobs"))
        for job in d.jobs:
            dated(d.span(job), job.title, job.company, job.place)
            if d.look.get("prose") and job.bullets:
                word.add(document, ". ".join(job.bullets) + ".")
            else:
                for bullet in job.bullets:
                    word.add(document, bullet, style="List Bullet")

    def education() -> None:
        heading(d.h("education"))
        for study in d.education:
            dated(d.studied(study), study.degree, study.school, study.place)
            for line in filter(None, (study.grade, *study.notes)):
                word.add(document, line, style="List Bullet")

    def skills() -> None:
        heading(d.h("skills"))
        every = d.all_skills
        half = (len(every) + 1) // 2
        widths = [8.0, 8.0]
        table = word.table(document, widths)
        cells = word.row(table, widths)
        for cell, own in zip(cells, (every[:half], every[half:]), strict=True):
            for skill in own:
                word.add(cell, skill, style="List Bullet")
        word.close(cells)

    def certificates() -> None:
        if d.certificates:
            heading(d.h("certificates"))
        for c in d.certificates:
            if d.certified(c):
                word.add(document, (d.certified(c), f"9.5#{_GREY}"), before=4)
            word.add(document, (c.name, "b"), f", {c.issuer}" if c.issuer else "")

    def languages() -> None:
        if d.languages:
            heading(d.h("languages"))
            word.add(document, " · ".join(f"{language} ({level})" for language, level in d.languages))

    def other() -> None:
        for section in d.other:
            heading(section.heading)
            for line in section.lines:
                word.add(document, line, style="List Bullet")

    parts = {
        "summary": summary,
        "jobs": jobs,
        "education": education,
        "skills": skills,
        "certificates": certificates,
        "languages": languages,
        "other": other,
    }
    for name in d.look.get("order", "summary skills jobs education certificates languages other").split():
        parts[name]()
    return document
