"""Word, a page of two table cells: pictograms and rated skills in a shaded one."""

from typing import Any

from engines import word
from printed import Printed

_WIDTHS = [6.3, 11.9]


def build(d: Printed) -> Any:
    color, fill = d.look.get("color", "264653"), d.look.get("fill", "E9F1F0")
    document = word.new(d.look.get("font", "Calibri"), 10.5, margins=(1.3, 1.4))
    table = word.table(document, _WIDTHS)
    left, right = word.row(table, _WIDTHS)
    word.shade(left, fill)

    def heading(cell: Any, text: str) -> None:
        made = word.add(cell, (text, f"bc11#{color}"), before=10, after=3)
        made.paragraph_format.keep_with_next = True
        word.rule(made, color=color, size=4)

    def dots(level: int) -> str:
        return "●" * level + "○" * (5 - level)

    name = d.name.rsplit(" ", 1) if d.look.get("broken", True) else [d.name]
    for part in name:
        word.add(left, (part, f"b19#{color}"))
    if d.headline:
        word.add(left, (d.headline, "i11"), before=2)
    heading(left, d.h("contact"))
    for mark, value in (
        ("☎", d.phone),
        ("✉", d.email),
        ("⌂", d.address or d.place),
        *(("➜", x) for x in d.links),
    ):
        if value:
            word.add(left, (f"{mark} ", f"#{color}"), (value, "9.5"), after=1)
    heading(left, d.h("skills"))
    for skill in d.all_skills:
        word.add(left, (skill, "9.5"), (f"\t{dots(d.level(skill))}", f"8#{color}"), tab=5.9)
    if d.languages:
        heading(left, d.h("languages"))
        for number, (language, level) in enumerate(d.languages):
            word.add(left, (f"{language} ({level})", "9.5"), (f"\t{dots(5 - number)}", f"8#{color}"), tab=5.9)

    if d.summary:
        if d.h("summary"):
            heading(right, d.h("summary"))
        word.add(right, d.summary)
    heading(right, d.h("jobs"))
    for job in d.jobs:
        word.add(right, (job.title, "b11"), before=5)
        word.add(right, (" | ".join(filter(None, (job.company, job.place, d.span(job)))), f"9.5#{color}"))
        for bullet in job.bullets:
            word.add(right, f"›\t{bullet}", indent=0.5, hang=0.5)
    heading(right, d.h("education"))
    for study in d.education:
        word.add(right, (study.degree, "b"), before=3)
        facts = (study.school, study.place, d.studied(study), study.grade)
        word.add(right, (" | ".join(filter(None, facts)), f"9.5#{color}"))
    if d.certificates:
        heading(right, d.h("certificates"))
        by, issued, expires = d.look.get("labels", ["Issuer", "Issued", "Expires"])
        for c in d.certificates:
            word.add(right, (c.name, "b"), before=3)
            if c.issuer:
                word.add(right, (f"{by}: {c.issuer}", "9.5"))
            pattern = d.style.short_dates
            given = [(issued, c.issued), (expires, c.expires)]
            told = [f"{label}: {d.date(date, pattern)}" for label, date in given if date]
            if told:
                word.add(right, ("   ".join(told), "9.5"))
    for section in d.other:
        heading(right, section.heading)
        for line in section.lines:
            word.add(right, line)
    return document
