"""Word, single column; contact data in the page header, dates at a right tab, one company over its posts."""

from typing import Any

from engines import word
from printed import Printed

_TAB = 17.0


def build(d: Printed) -> Any:
    document = word.new("Carlito", 11, margins=(2.2, 2.0))
    header = document.sections[0].header
    header.paragraphs[0].text = ""
    word.add(header, (d.name, "b18#1f3864"))
    word.rule(
        word.add(header, "  |  ".join(filter(None, (d.address or d.place, d.phone, d.email, *d.links))))
    )
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run(f"{d.name} – ")
    word.page_field(footer)

    def heading(section: str) -> None:
        word.rule(word.add(document, (d.h(section), "b12s#1f3864"), before=9, after=3), color="1F3864")

    if d.headline:
        word.add(document, (d.headline, "b12"), before=4)
    if d.summary:
        heading("summary")
        word.add(document, d.summary)
    heading("jobs")
    for company, jobs in d.by_company():
        first = jobs[0]
        word.add(document, (company, "b"), f", {first.place}" if first.place else "", before=5)
        if first.about:
            word.add(document, (first.about, "i9.5"))
        for job in jobs:
            word.add(document, (job.title, "bi"), f"\t{d.span(job)}", tab=_TAB)
            for bullet in job.bullets:
                word.add(document, bullet, style="List Bullet")
    heading("education")
    for study in d.education:
        word.add(document, (study.degree, "b"), f"\t{d.studied(study)}", tab=_TAB, before=3)
        word.add(document, ", ".join(filter(None, (study.school, study.place, study.grade))))
        for note in study.notes:
            word.add(document, (note, "i"))
    if d.certificates:
        heading("certificates")
        for certificate in d.certificates:
            issuer = f" – {certificate.issuer}" if certificate.issuer else ""
            word.add(document, certificate.name + issuer, f"\t{d.certified(certificate)}", tab=_TAB)
    heading("skills")
    for label, skills in d.skills.items():
        word.add(document, (f"{label}: ", "b"), "; ".join(skills))
    if d.languages:
        heading("languages")
        word.add(document, ", ".join(f"{language} ({level})" for language, level in d.languages))
    for section in d.other:
        word.rule(word.add(document, (section.heading, "b12s#1f3864"), before=9, after=3), color="1F3864")
        for line in section.lines:
            word.add(document, line)
    return document
