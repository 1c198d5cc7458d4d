"""Word as typed by hand: runs of spaces, mixed fonts and marks, underlined headings, empty lines."""

from typing import Any

from docx.shared import Pt
from engines import word
from printed import Printed

_FONTS = ("Times New Roman", "Arial", "Calibri")
_MARKS = ("- ", "* ", "-", "• ")


def build(d: Printed) -> Any:
    document = word.new("Times New Roman", 12, margins=(2.3, 2.5))
    dice = d.random

    def line(text: str = "", look: str = "", font: str | None = None, **layout: Any) -> Any:
        made = word.add(document, (text, look), **layout)
        if font:
            for run in made.runs:
                run.font.name = font
        return made

    def heading(text: str) -> None:
        line()
        text = text.upper() if d.look.get("caps") else text
        line(
            text + dice.choice((":", "", " :")),
            dice.choice(("bu13", "bu12", "bu14")),
            dice.choice(_FONTS[:2]),
        )

    line(d.look.get("top", ""), "b14")
    label, size = d.look.get("labelled", True), d.look.get("size", 12)
    if label:
        line(f"{d.h('name')}:      {d.name}", f"b{size}")
        line(f"{d.h('address')}:     {d.address or d.place}", f"{size}", "Arial")
        line(f"{d.h('phone')}:  {d.phone}", f"{size}")
        line(f"{d.h('email')} :   {d.email}", f"{size}", "Calibri")
    else:
        line(d.name, "b18", "Arial")
        line(d.address or d.place or "")
        line(f"{d.phone}          {d.email}", "", "Calibri")
    for name, value in d.look.get("personal", {}).items():
        line(f"{name}:{' ' * dice.randint(3, 9)}{value}", f"{size}")
    if d.headline:
        line()
        line(d.headline, "b13", "Calibri")

    def summary() -> None:
        if d.summary:
            if d.h("summary"):
                heading(d.h("summary"))
            line(d.summary, "", dice.choice(_FONTS))

    def jobs() -> None:
        heading(d.h("jobs"))
        dashes = dice.choice(_MARKS)
        for number, job in enumerate(d.jobs):
            font = _FONTS[number % 3]
            place = f", {job.place}" if job.place else ""
            if d.look.get("first", "dates") == "dates":
                line(f"{d.span(job)}{' ' * dice.randint(4, 10)}{job.title}", "b", font)
                line(f"{' ' * dice.randint(18, 26)}{job.company}{place}", "", font)
            elif d.look["first"] == "company":
                line(f"{job.company}{place}{' ' * dice.randint(6, 16)}{d.span(job)}", "b", font)
                line(job.title, "i", font)
            else:
                line(f"{number + 1}) {job.title.upper() if number == 1 else job.title}", "bu", font)
                line(f"{job.company}{place}", "", font)
                line(d.span(job), "", font)
            for bullet in job.bullets:
                mark = dashes if number else dice.choice(_MARKS)
                line(f"{' ' * dice.randint(2, 6)}{mark}{bullet}", "11" if number == 1 else "", font)
            line()

    def education() -> None:
        heading(d.h("education"))
        for study in d.education:
            place = f" {study.place}" if study.place else ""
            when = d.studied(study)
            school = f"{study.school},{place}" if place else study.school
            if d.look.get("first", "dates") == "dates":
                line(f"{when}{' ' * dice.randint(5, 9)}{study.degree}, {school}")
            else:
                line(f"{study.degree} - {school}{' ' * 6}{when}")
            if study.grade:
                line(f"          {study.grade}", "i")

    def certificates() -> None:
        if d.certificates:
            heading(d.h("certificates"))
        for c in d.certificates:
            issuer = f" ({c.issuer})" if c.issuer else ""
            line(f"{dice.choice(_MARKS[:2])}{c.name}{issuer}   {d.certified(c)}", "", dice.choice(_FONTS))

    def skills() -> None:
        heading(d.h("skills"))
        for own in d.skills.values():
            if d.look.get("commas"):
                line(", ".join(own), "", "Calibri")
            else:
                for skill in own:
                    line(f"  {dice.choice(_MARKS)}{skill}")

    def languages() -> None:
        if d.languages:
            heading(d.h("languages"))
        for language, level in d.languages:
            line(f"{language}{' ' * dice.randint(4, 12)}{level}")

    def other() -> None:
        for section in d.other:
            heading(section.heading)
            for text in section.lines:
                line(text, "", dice.choice(_FONTS))

    parts = {
        "summary": summary,
        "jobs": jobs,
        "education": education,
        "certificates": certificates,
        "skills": skills,
        "languages": languages,
        "other": other,
    }
    for name in d.look.get("order", "summary education certificates jobs skills languages other").split():
        parts[name]()
    for paragraph in document.paragraphs[:: dice.randint(5, 8)]:
        paragraph.paragraph_format.space_after = Pt(6)
    return document
