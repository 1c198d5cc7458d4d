"""Typed in the nineties and added to ever since: underlined headings, tabs, capitals."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm
from engines.word import add, new


def build(d: Any) -> Any:
    doc = new("Times New Roman", 12, margins=(2.2, 2.5), letter=d.style.words == "en-builder")

    def heading(text: str) -> None:
        add(doc, (text.upper() + ":", "bu"), before=12, after=4)

    def dated(left: str, *runs: Any) -> None:
        paragraph = add(doc, left + "\t", *runs, indent=5.2, hang=5.2)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(5.2))

    american = "RESUME" if d.style.words == "en-builder" else "CURRICULUM VITAE"
    add(doc, ({"es": "CURRÍCULUM VÍTAE"}.get(d.lang, american), "bu14"), align=ALIGN.CENTER, after=10)
    add(doc, (d.name, "b13"))
    add(doc, d.address or d.place)
    add(doc, f"{d.h('phone')}: {d.phone}")
    add(doc, f"{d.h('email')}: {d.email}")
    if d.headline:
        add(doc, (d.headline, "b"), before=8)
    if d.summary:
        heading(d.h("summary"))
        add(doc, d.summary, align=ALIGN.JUSTIFY)
    heading(d.h("education"))
    for study in d.education:
        dated(d.studied(study), ", ".join(filter(None, [study.degree, study.school, study.place])))
        if study.grade:
            dated("", study.grade)
    heading(d.h("jobs"))
    for job in d.jobs:
        dated(d.span(job), (job.company.upper(), "b"), f", {job.place}" if job.place else "")
        dated("", (job.title, "u"))
        for bullet in job.bullets:
            dated("", f"- {bullet}")
        add(doc, "")
    if d.certificates:
        heading(d.h("certificates"))
        for one in d.certificates:
            until = f" ({d.h('expires')} {d.date(one.expires, d.style.short_dates)})" if one.expires else ""
            issued = d.date(one.issued, d.style.short_dates) if one.issued else ""
            dated(issued, f"{one.name}" + (f", {one.issuer}" if one.issuer else "") + until)
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        add(doc, f"{label}: {', '.join(skills)}.")
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            add(doc, f"{language}: {level}")
    for other in d.other:
        heading(other.heading)
        for line in other.lines:
            add(doc, line)
    return doc
