"""Word, visible borders: tables of schooling and languages, personal details, a signed declaration."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from engines import word
from printed import Printed

_PERSONAL = {
    "Date of Birth": "14th March 2005",
    "Gender": "Female",
    "Nationality": "Indian",
    "Marital Status": "Single",
}


def _table(document: Any, widths: list[float], rows: list[list[str]], *, bold_first: bool = True) -> None:
    table = word.table(document, widths, style="Table Grid")
    for number, texts in enumerate(rows):
        cells = word.row(table, widths)
        for cell, text in zip(cells, texts, strict=True):
            word.add(cell, (text, "b" if bold_first and number == 0 else ""))


def build(d: Printed) -> Any:
    document = word.new("Liberation Serif", 11.5, margins=(2.0, 2.3))
    title = word.add(document, ("RESUME", "bu14"), align=WD_ALIGN_PARAGRAPH.CENTER, after=6)
    title.paragraph_format.keep_with_next = True
    word.add(document, (d.name, "b15"))
    if d.phone:
        word.add(document, f"{d.h('phone')} : {d.phone}")
    word.add(document, f"{d.h('email')} : {d.email}")
    for link in d.links:
        word.add(document, f"{d.h('web')} : {link}")

    def heading(text: str) -> None:
        word.shade(word.add(document, (f"{text}:", "b12"), before=9, after=4), "D9D9D9")

    if d.headline:
        word.add(document, (d.headline, "bi"), before=4)
    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    if d.education:
        heading(d.h("education"))
        _table(
            document,
            [5.2, 5.6, 2.8, 2.6],
            [
                ["Qualification", "Institution", "Year of Passing", "Percentage / CGPA"],
                *(
                    [s.degree, ", ".join(filter(None, (s.school, s.place))), d.studied(s), s.grade or ""]
                    for s in d.education
                ),
            ],
        )
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        word.add(document, f"{label}\t: {', '.join(skills)}", style="List Bullet")
    heading(d.h("jobs"))
    for job in d.jobs:
        word.add(
            document, (job.company, "b"), f", {job.place}" if job.place else "", f" ({d.span(job)})", before=4
        )
        word.add(document, "Role: ", (job.title, "b"))
        if job.about:
            word.add(document, (job.about, "i"))
        for bullet in job.bullets:
            word.add(document, f"➢ {bullet}", indent=1.2, hang=0.6)
    if d.certificates:
        heading(d.h("certificates"))
        for number, c in enumerate(d.certificates, 1):
            word.add(
                document,
                f"{number}. {c.name}",
                f" - {c.issuer}" if c.issuer else "",
                f", {d.certified(c)}" if c.issued else "",
            )
    declared = [section for section in d.other if section.heading == "Declaration"]
    for section in d.other:
        if section not in declared:
            heading(section.heading)
            for line in section.lines:
                word.add(document, line, style="List Bullet")
    heading(d.h("personal"))
    for label, value in {**_PERSONAL, **d.look.get("personal", {})}.items():
        word.add(document, f"{label}\t\t: {value}")
    if d.address or d.place:
        word.add(document, f"{d.h('address')}\t\t: {d.address or d.place}")
    if d.languages:
        _table(document, [6, 6], [[d.h("languages"), "Proficiency"], *([a, b] for a, b in d.languages)])
    for section in declared:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
        word.add(document, f"({d.name})", align=WD_ALIGN_PARAGRAPH.RIGHT, before=18)
    return document
