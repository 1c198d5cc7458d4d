"""Written out in plain words, part by part with letters, every fact after its label or a semicolon."""

import string
from typing import Any

from engines.word import add, new


def build(d: Any) -> Any:
    doc = new("Verdana", 9.5, margins=(2.5, 2.5))
    letters = iter(string.ascii_uppercase)

    def heading(text: str) -> None:
        paragraph = add(doc, (f"{next(letters)}.  {text}", "b11"), before=11, after=4)
        paragraph.paragraph_format.keep_with_next = True

    add(doc, ("C U R R I C U L U M   V I T A E", "b13"), after=6)
    heading(d.h("personal"))
    add(doc, f"{d.h('name')}: {d.name}")
    add(doc, f"{d.h('address')}: {d.address or d.place}")
    add(doc, f"{d.h('phone')}: {d.phone}; {d.h('email')}: {d.email}")
    if d.headline:
        add(doc, f"{d.h('title')}: {d.headline}")
    if d.summary:
        heading(d.h("summary"))
        add(doc, d.summary)
    heading(d.h("jobs"))
    for job in d.jobs:
        add(doc, (d.span(job) + ":", "u"), before=5)
        add(doc, f"{job.company}; {job.place}" if job.place else job.company)
        add(doc, job.title)
        for bullet in job.bullets:
            add(doc, f"* {bullet}", indent=0.6, hang=0.35)
    heading(d.h("education"))
    for study in d.education:
        add(doc, (d.studied(study) + ":", "u"), before=5)
        add(doc, f"{study.school}; {study.place}" if study.place else study.school)
        add(doc, study.degree + (f" ({study.grade})" if study.grade else ""))
    if d.certificates:
        heading(d.h("certificates"))
        for number, one in enumerate(d.certificates, 1):
            add(doc, f"{number}) {one.name}; {one.issuer or '-'}; {d.certified(one)}")
    heading(d.h("skills"))
    add(doc, "; ".join(d.all_skills))
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            add(doc, f"{language} - {level}")
    for other in d.other:
        heading(other.heading)
        for line in other.lines:
            add(doc, line)
    return doc
