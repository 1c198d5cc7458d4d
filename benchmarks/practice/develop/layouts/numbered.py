"""Word, numbered headings; schooling and employment in bordered tables, duties as paragraphs after them."""

from typing import Any

from engines import word
from printed import Printed


def _table(document: Any, widths: list[float], rows: list[list[str]]) -> None:
    table = word.table(document, widths, style="Table Grid")
    for number, texts in enumerate(rows):
        cells = word.row(table, widths)
        for cell, text in zip(cells, texts, strict=True):
            word.add(cell, (text, "b" if number == 0 else ""))
            if number == 0:
                word.shade(cell, "DDE6F0")


def build(d: Printed) -> Any:
    employer, post, period, _, duties, school, degree, result, _, _, date = d.words["facts"]
    document = word.new("Carlito", 11, margins=(2.0, 2.0))
    word.add(document, (f"{d.look.get('top', 'CURRICULUM VITAE')} – {d.name.upper()}", "b14"), after=6)
    count = 0

    def heading(text: str) -> None:
        nonlocal count
        count += 1
        word.add(document, (f"{count}.\t{text.upper()}", "b11.5"), before=10, after=4)

    heading(d.h("personal"))
    for label, value in {
        d.look.get("named", "Name"): d.name,
        **d.look.get("personal", {}),
        d.h("address"): d.address or d.place,
        d.h("phone"): d.phone,
        d.h("email"): d.email,
        d.look.get("post", "Profession"): d.headline,
    }.items():
        if value:
            word.add(document, f"{label}:\t\t{value}", indent=1.25)
    if d.languages:
        spoken = ", ".join(f"{language} ({level})" for language, level in d.languages)
        word.add(document, f"{d.h('languages')}:\t{spoken}", indent=1.25)
    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary, indent=1.25)
    heading(d.h("education"))
    _table(
        document,
        [3.4, 6.2, 5.2, 2.2],
        [
            [date, school, degree, result],
            *(
                [d.studied(s), "\n".join(filter(None, (s.school, s.place))), s.degree, s.grade or ""]
                for s in d.education
            ),
        ],
    )
    heading(d.h("jobs"))
    _table(
        document,
        [4.2, 6.4, 6.4],
        [
            [period, employer, post],
            *([d.span(j), "\n".join(filter(None, (j.company, j.place))), j.title] for j in d.jobs),
        ],
    )
    if any(job.bullets for job in d.jobs):
        for job in d.jobs:
            if job.bullets:
                word.add(document, (f"{duties}, {job.company}:", "i"), before=5, indent=1.25)
                for letter, bullet in zip("abcdefgh", job.bullets, strict=False):
                    word.add(document, f"{letter})\t{bullet}", indent=2.0, hang=0.75)
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            word.add(document, " – ".join(filter(None, (d.certified(c), c.name, c.issuer))), indent=1.25)
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        word.add(document, f"{label}: {', '.join(skills)}", indent=1.25)
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line, indent=1.25)
    return document
