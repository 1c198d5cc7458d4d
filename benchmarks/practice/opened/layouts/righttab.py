"""Word, the college career office's page: places and dates at a right tab."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    letter = d.look.get("letter", True)
    document = word.new(d.look.get("font", "Times New Roman"), 11, margins=(1.9, 2.2), letter=letter)
    edge = (21.59 if letter else 21) - 4.4
    center = WD_ALIGN_PARAGRAPH.CENTER
    word.add(document, (d.name, "bc18"), align=center)
    contact = [d.address or d.place, d.phone, d.email, *d.links]
    word.add(document, d.look.get("between", " | ").join(filter(None, contact)), align=center, after=2)
    if d.headline:
        word.add(document, (d.headline, "i"), align=center, after=2)

    def heading(text: str) -> None:
        made = word.add(document, (text, "bs12"), before=9, after=3)
        made.paragraph_format.keep_with_next = True
        word.rule(made, color="000000", size=6)

    def summary() -> None:
        if d.summary:
            if d.h("summary"):
                heading(d.h("summary"))
            word.add(document, d.summary, align=WD_ALIGN_PARAGRAPH.JUSTIFY)

    def jobs() -> None:
        heading(d.h("jobs"))
        for company, held in d.by_company():
            place = held[0].place
            word.add(document, (company, "b"), f"\t{place}" if place else "", tab=edge, before=5)
            if held[0].about:
                word.add(document, (held[0].about, "i10"))
            for job in held:
                word.add(document, (job.title, "i"), f"\t{d.span(job)}", tab=edge)
                for bullet in job.bullets:
                    word.add(document, bullet, style="List Bullet")

    def education() -> None:
        heading(d.h("education"))
        for study in d.education:
            word.add(
                document, (study.school, "b"), f"\t{study.place}" if study.place else "", tab=edge, before=3
            )
            word.add(document, (study.degree, "i"), f"\t{d.studied(study)}", tab=edge)
            for line in filter(None, (study.grade, *study.notes)):
                word.add(document, line, indent=0.6)

    def skills() -> None:
        heading(d.h("skills"))
        for label, own in d.skills.items():
            word.add(document, (f"{label}: ", "b"), ", ".join(own))
        if d.languages:
            spoken = ", ".join(f"{language} ({level})" for language, level in d.languages)
            word.add(document, (f"{d.h('languages')}: ", "b"), spoken)

    def certificates() -> None:
        if d.certificates:
            heading(d.h("certificates"))
        for c in d.certificates:
            issuer = f", {c.issuer}" if c.issuer else ""
            word.add(document, f"{c.name}{issuer}\t{d.certified(c)}", tab=edge)

    def other() -> None:
        for section in d.other:
            heading(section.heading)
            for line in section.lines:
                word.add(document, line)

    parts = {
        "summary": summary,
        "jobs": jobs,
        "education": education,
        "skills": skills,
        "certificates": certificates,
        "other": other,
    }
    for name in d.look.get("order", "summary education jobs certificates skills other").split():
        parts[name]()
    return document
