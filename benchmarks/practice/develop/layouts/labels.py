"""Word, every fact after a label of its own, as forms of employment agencies ask for it."""

from typing import Any

from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    employer, post, period, place, duties, school, degree, result, name, issuer, date = d.words["facts"]
    document = word.new("Liberation Sans", 10.5, margins=(2.0, 2.2))

    def heading(text: str) -> None:
        word.rule(word.add(document, (text, "bc11"), before=10, after=4), color="000000", size=12)

    def fact(label: str, value: str | None, look: str = "") -> None:
        if value:
            word.add(document, (f"{label}: ", "b"), (value, look), indent=3.6, hang=3.6)

    word.add(document, ("CURRICULUM VITAE", "b14"), after=6)
    fact(name, d.name)
    fact(d.h("address"), d.address or d.place)
    fact(d.h("phone"), d.phone)
    fact(d.h("email"), d.email)
    for link in d.links:
        fact(d.h("web"), link)
    if d.headline:
        word.add(document, (d.headline, "b12"), before=8)
    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("jobs"))
    for number, job in enumerate(d.jobs):
        if number:
            word.add(document, "")
        fact(period, d.span(job))
        fact(employer, job.company, "b")
        fact(place, job.place)
        fact(post, job.title)
        if job.bullets:
            word.add(document, (f"{duties}:", "b"))
        for bullet in job.bullets:
            word.add(document, f"- {bullet}", indent=0.8, hang=0.3)
    heading(d.h("education"))
    for number, study in enumerate(d.education):
        if number:
            word.add(document, "")
        fact(period, d.studied(study))
        fact(school, study.school, "b")
        fact(place, study.place)
        fact(degree, study.degree)
        fact(result, study.grade)
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            fact(name, c.name)
            fact(issuer, c.issuer)
            fact(date, d.certified(c))
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        fact(label, ", ".join(skills))
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            fact(language, level)
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    return document
