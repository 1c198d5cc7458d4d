"""Word, drawn text boxes at the right, one for each section, with the older form as Word saves it beside."""

from typing import Any

from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Open Sans", 9.5, margins=(1.8, 1.8))
    document.sections[0].right_margin *= 5
    anchor = word.add(document, (d.name, "b24#1b4f8f"))
    if d.headline:
        word.add(document, (d.headline, "11"), after=6)

    def box(top: float, height: float, title: str, lines: list[str]) -> None:
        with word.drawn_box(anchor, 14.0, top, 6.2, height, "F5EFE0") as inside:
            word.add(inside, (title, "b10#1b4f8f"), after=2)
            for line in lines:
                word.add(inside, line)

    box(1.6, 4.4, d.h("contact"), [x for x in (d.address or d.place, d.phone, d.email, *d.links) if x])
    box(6.4, 9.0, d.h("skills"), d.all_skills)
    if d.languages:
        box(15.8, 3.4, d.h("languages"), [f"{language}: {level}" for language, level in d.languages])
    certificates = [", ".join(filter(None, (c.name, c.issuer, d.certified(c)))) for c in d.certificates]
    if certificates:
        box(19.6, 5.0, d.h("certificates"), certificates)

    def heading(text: str) -> None:
        word.rule(word.add(document, (text, "b12#1b4f8f"), before=8, after=3), color="1B4F8F")

    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("jobs"))
    for job in d.jobs:
        word.add(document, (f"{d.span(job)}", "#666666"), before=5)
        word.add(document, (job.company, "b"), f", {job.place}" if job.place else "")
        word.add(document, (job.title, "i"))
        for bullet in job.bullets:
            word.add(document, f"▪ {bullet}", indent=0.5, hang=0.4)
    heading(d.h("education"))
    for study in d.education:
        word.add(document, (d.studied(study), "#666666"), before=4)
        word.add(document, (study.school, "b"), f", {study.place}" if study.place else "")
        word.add(document, (study.degree, "i"))
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    return document
