"""Word, a table without borders: the main column at the left, a shaded one with contact data at the right."""

from typing import Any

from engines import word
from printed import Printed

_WIDTHS = [12.0, 6.0]


def build(d: Printed) -> Any:
    document = word.new("Carlito", 10.5, margins=(1.6, 1.5))
    word.add(document, (d.name, "b24#7b1e3a"))
    if d.headline:
        word.add(document, (d.headline, "12#555555"), after=8)
    table = word.table(document, _WIDTHS)
    main, side = word.row(table, _WIDTHS)
    word.shade(side, "F3ECEE")

    def heading(where: Any, section: str) -> None:
        word.add(where, (section, "b12#7b1e3a"), before=8, after=3)

    if d.summary:
        heading(main, d.h("summary"))
        word.add(main, d.summary)
    heading(main, d.h("jobs"))
    for job in d.jobs:
        word.add(main, (d.span(job), "9#777777"), before=5)
        word.add(main, (f"{job.title}, ", "b"), job.company, f" ({job.place})" if job.place else "")
        if job.about:
            word.add(main, (job.about, "i"))
        for bullet in job.bullets:
            word.add(main, f"•\t{bullet}", indent=0.5, hang=0.5)
    heading(main, d.h("education"))
    for study in d.education:
        word.add(main, (d.studied(study), "9#777777"), before=4)
        word.add(main, (study.degree, "b"))
        word.add(main, ", ".join(filter(None, (study.school, study.place))))
        for line in filter(None, (study.grade, *study.notes)):
            word.add(main, line)
    heading(side, d.h("contact"))
    for line in filter(None, (d.address or d.place, d.phone, d.email, *d.links)):
        word.add(side, line, after=2)
    heading(side, d.h("skills"))
    for label, skills in d.skills.items():
        word.add(side, (label, "b"), before=3)
        for skill in skills:
            word.add(side, skill)
    if d.languages:
        heading(side, d.h("languages"))
        for language, level in d.languages:
            word.add(side, f"{language} – {level}")
    if d.certificates:
        heading(side, d.h("certificates"))
        for certificate in d.certificates:
            word.add(side, (certificate.name, "b"), before=2)
            word.add(side, ", ".join(filter(None, (certificate.issuer, d.certified(certificate)))))
    for section in d.other:
        heading(main, section.heading)
        for line in section.lines:
            word.add(main, line)
    word.close([main, side])
    return document
