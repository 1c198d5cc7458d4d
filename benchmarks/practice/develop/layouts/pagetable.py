"""Word, the page as one table: a dark sidebar with photo at the left, dates in a column of an inner table."""

from typing import Any

from engines import word
from printed import Printed

_WIDTHS = [6.2, 12.8]
_INNER = [3.2, 9.2]


def build(d: Printed) -> Any:
    document = word.new("Liberation Sans", 9.5, margins=(1.0, 1.0))
    side, main = word.row(word.table(document, _WIDTHS), _WIDTHS)
    word.shade(side, "2F3E46")
    inner: list[Any] = []

    def aside(heading: str, lines: list[str]) -> None:
        if lines:
            word.rule(word.add(side, (heading.upper(), "b10#ffffff"), before=10, after=3), color="CAD2C5")
        for line in lines:
            word.add(side, (line, "#ffffff"), after=1)

    def heading(text: str) -> None:
        word.rule(word.add(main, (text.upper(), "b11.5#2f3e46"), before=8, after=3), color="2F3E46")

    def entries(rows: list[tuple[str, list[Any]]]) -> None:
        table = word.table(main, _INNER)
        for when, lines in rows:
            left, right = word.row(table, _INNER)
            word.add(left, (when, "9#555555"))
            for line in lines:
                word.add(right, line)
            inner.extend((left, right))

    word.add(side, ("[ Photo ]", "i8#cad2c5"), before=30, after=30)
    aside(d.h("contact"), [x for x in (d.address or d.place, d.phone, d.email, *d.links) if x])
    for label, skills in d.skills.items():
        aside(f"{d.h('skills')} – {label}" if len(d.skills) < 3 else label, list(skills))
    aside(d.h("languages"), [f"{language} – {level}" for language, level in d.languages])
    word.add(main, (d.name.upper(), "b22#2f3e46"))
    if d.headline:
        word.add(main, (d.headline, "12"), after=4)
    if d.summary:
        heading(d.h("summary"))
        word.add(main, d.summary)
    heading(d.h("jobs"))
    entries(
        [
            (
                d.span(job),
                [
                    (job.title, "b10"),
                    (", ".join(filter(None, (job.company, job.place))), "i"),
                    *(f"• {b}" for b in job.bullets),
                ],
            )
            for job in d.jobs
        ]
    )
    heading(d.h("education"))
    entries(
        [
            (
                d.studied(s),
                [
                    (s.degree, "b10"),
                    ", ".join(filter(None, (s.school, s.place))),
                    *filter(None, (s.grade, *s.notes)),
                ],
            )
            for s in d.education
        ]
    )
    if d.certificates:
        heading(d.h("certificates"))
        entries([(d.certified(c), [", ".join(filter(None, (c.name, c.issuer)))]) for c in d.certificates])
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(main, line)
    word.close([*inner, side, main])
    return document
