"""Word, typed by hand: one style, headings in capitals, typed hyphens for bullets, dates ahead of a tab."""

from typing import Any

from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Liberation Serif", 12, margins=(2.5, 2.5))
    word.add(document, (d.name, "b"))
    word.add(document, d.address or d.place)
    if d.phone:
        word.add(document, f"{d.h('phone')} {d.phone}")
    word.add(document, f"{d.h('email')} {d.email}")
    if d.headline:
        word.add(document, "")
        word.add(document, d.headline)

    def heading(text: str) -> None:
        word.add(document, "")
        word.add(document, (text.upper(), "u"))

    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("jobs"))
    for job in d.jobs:
        word.add(document, d.span(job))
        word.add(document, ", ".join(filter(None, (job.company, job.place))))
        word.add(document, (job.title, "i"))
        for bullet in job.bullets:
            word.add(document, f"- {bullet}")
        word.add(document, "")
    heading(d.h("education"))
    for study in d.education:
        word.add(document, f"{d.studied(study)}\t{study.degree}")
        word.add(document, "\t" + ", ".join(filter(None, (study.school, study.place))))
        if study.grade:
            word.add(document, f"\t{study.grade}")
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            word.add(document, "- " + ", ".join(filter(None, (c.name, c.issuer, d.certified(c)))))
    heading(d.h("skills"))
    for skill in d.all_skills:
        word.add(document, f"- {skill}")
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            word.add(document, f"{language}: {level}")
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    return document
