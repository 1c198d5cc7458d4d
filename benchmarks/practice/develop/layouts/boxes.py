"""Word, text boxes: one beside the text with contact data, skills and languages, one with the name on top."""

from typing import Any

from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Liberation Sans", 10, margins=(4.2, 1.6))
    section = document.sections[0]
    section.left_margin = section.left_margin * 5
    anchor = word.add(document, "")
    top = word.text_box(anchor, 0, 0, 21, 3.4, "2E4A3F")
    word.add(top, (d.name, "b22#ffffff"), indent=1, before=18)
    if d.headline:
        word.add(top, (d.headline, "12#dddddd"), indent=1)
    side = word.text_box(anchor, 0.8, 4.2, 6, 23, "E7EEEA")

    def heading(where: Any, text: str) -> None:
        word.spaced(word.add(where, (text, "bc10.5#2e4a3f"), before=9, after=3).runs[0], 1.5)

    heading(side, d.h("contact"))
    for line in filter(None, (d.address or d.place, d.phone, d.email, *d.links)):
        word.add(side, line)
    heading(side, d.h("skills"))
    for skill in d.all_skills:
        word.add(side, f"▸ {skill}")
    if d.languages:
        heading(side, d.h("languages"))
        for language, level in d.languages:
            word.add(side, (language, "b"), f" {level}")
    if d.summary:
        heading(document, d.h("summary"))
        word.add(document, d.summary)
    heading(document, d.h("jobs"))
    for job in d.jobs:
        word.add(document, (job.title, "b11"), before=5)
        word.add(document, " | ".join(filter(None, (job.company, job.place, d.span(job)))))
        for bullet in job.bullets:
            word.add(document, bullet, style="List Bullet")
    heading(document, d.h("education"))
    for study in d.education:
        word.add(document, (study.degree, "b"), before=3)
        word.add(
            document, " | ".join(filter(None, (study.school, study.place, d.studied(study), study.grade)))
        )
    if d.certificates:
        heading(document, d.h("certificates"))
        for c in d.certificates:
            word.add(document, " | ".join(filter(None, (c.name, c.issuer, d.certified(c)))))
    for other in d.other:
        heading(document, other.heading)
        for line in other.lines:
            word.add(document, line)
    return document
