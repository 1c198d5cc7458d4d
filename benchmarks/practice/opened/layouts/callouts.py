"""Word, text boxes in a wide right margin: contact, skills and languages in boxes, the rest beside them."""

from typing import Any

from docx.shared import Cm
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    color = d.look.get("color", "7B3F61")
    fill = d.look.get("fill", "F3E9EE")
    document = word.new(d.look.get("font", "Calibri"), 10.5, margins=(1.8, 1.9))
    document.sections[0].right_margin = Cm(7.4)
    title = word.add(document, (d.name, f"b24#{color}"))
    if d.headline:
        word.add(document, (d.headline, "13"), after=2)

    y = 1.8

    def boxed(heading: str, lines: list[tuple[str, str]], wide: int = 30) -> None:
        nonlocal y
        height = 1.5 + sum(0.47 * (1 + len(text) // wide) for text, _ in lines)
        with word.drawn_box(title, 14.4, y, 5.6, height, fill) as box:
            word.add(box, (heading, f"b11#{color}"), after=3)
            for text, look in lines:
                word.add(box, (text, look or "9.5"))
        y += height + 0.4

    contact = [(d.phone, ""), (d.email, ""), (d.address or d.place, ""), *((link, "") for link in d.links)]
    boxed(d.h("contact"), [(text, look) for text, look in contact if text])
    lines = []
    for label, own in d.skills.items():
        if d.look.get("groups", True):
            lines.append((label, "b9.5"))
        lines += [(f"• {skill}", "") for skill in own]
    boxed(d.h("skills"), lines)
    if d.languages:
        boxed(d.h("languages"), [(f"{language}: {level}", "") for language, level in d.languages])

    def heading(text: str) -> None:
        made = word.add(document, (text, f"b13#{color}"), before=10, after=3)
        made.paragraph_format.keep_with_next = True
        word.rule(made, color=color, edge="left", size=24)

    if d.summary:
        if d.h("summary"):
            heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("jobs"))
    for job in d.jobs:
        word.add(document, (job.company, "b"), f" – {job.place}" if job.place else "", before=5)
        word.add(document, (job.title, f"b#{color}"))
        word.add(document, (f"({d.span(job)})", "i9.5"))
        if job.about:
            word.add(document, (job.about, "9.5"))
        for bullet in job.bullets:
            word.add(document, bullet, style="List Bullet")
    heading(d.h("education"))
    for study in d.education:
        when = f" ({d.studied(study)})" if d.studied(study) else ""
        word.add(document, (study.degree, "b"), when, before=3)
        word.add(document, ", ".join(filter(None, (study.school, study.place))))
        if study.grade:
            word.add(document, study.grade)
    if d.certificates:
        heading(d.h("certificates"))
    for c in d.certificates:
        issuer = f", {c.issuer}" if c.issuer else ""
        when = f" ({d.certified(c)})" if d.certified(c) else ""
        word.add(document, f"{c.name}{issuer}{when}", style="List Bullet")
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    return document
