"""Word, the numbered form in which lenders ask for a consultant's life."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new(d.look.get("font", "Times New Roman"), 11.5, margins=(2.2, 2.4))
    if d.look.get("form"):
        word.add(document, (d.look["form"], "b13"), align=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    count = 0

    def item(label: str, *runs: Any) -> Any:
        nonlocal count
        count += 1
        colon = ": " if runs else ":"
        return word.add(
            document, f"{count}.\t", (label + colon, "b"), *runs, before=7, after=2, indent=0.9, hang=0.9
        )

    if d.headline:
        item(d.h("headline"), d.headline)
    item(d.h("name"), (d.name, ""))
    for label, value in d.look.get("personal", {}).items():
        item(label, value)
    item(d.h("contact"))
    for label, value in (
        (d.h("address"), d.address or d.place),
        (d.h("phone"), d.phone),
        (d.h("email"), d.email),
    ):
        if value:
            word.add(document, f"{label}: {value}", indent=0.9)
    if d.summary:
        item(d.h("summary"))
        word.add(document, d.summary, indent=0.9, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    item(d.h("education"))
    for number, s in enumerate(d.education):
        where = ", ".join(filter(None, (s.school, s.place, d.studied(s))))
        grade = f" ({s.grade})" if s.grade else ""
        word.add(document, f"{'abcdef'[number]})\t{s.degree}, {where}{grade}", indent=1.7, hang=0.8)
    if d.certificates:
        item(d.h("certificates"))
        for number, c in enumerate(d.certificates):
            rest = ", ".join(filter(None, (c.issuer, d.certified(c))))
            word.add(
                document,
                f"{'abcdef'[number]})\t{c.name}" + (f", {rest}" if rest else ""),
                indent=1.7,
                hang=0.8,
            )
    for section in d.other[: d.look.get("before", 1)]:
        item(section.heading)
        for line in section.lines:
            word.add(document, line, indent=0.9)
    item(d.h("skills"))
    for label, own in d.skills.items():
        word.add(document, (f"{label}: ", "i"), "; ".join(own), indent=0.9)
    if d.languages:
        item(d.h("languages"))
        widths = [5.0, 6.0]
        table = word.table(document, widths, style="Table Grid")
        for language, level in d.languages:
            cells = word.row(table, widths)
            word.add(cells[0], language)
            word.add(cells[1], level)
    item(d.h("jobs"))
    facts = d.words["facts"]
    for job in d.jobs:
        word.add(document, (d.span(job), "b"), before=7, indent=0.9).paragraph_format.keep_with_next = True
        word.add(document, (f"{facts[0]}: ", "i"), job.company, indent=0.9)
        if job.place:
            word.add(document, (f"{facts[3]}: ", "i"), job.place, indent=0.9)
        word.add(document, (f"{facts[1]}: ", "i"), job.title, indent=0.9)
        if job.bullets:
            word.add(document, (f"{facts[4]}:", "i"), indent=0.9)
        for number, bullet in enumerate(job.bullets, 1):
            mark = f"({number * 'i' if number < 4 else 'iv' if number == 4 else 'v'})"
            word.add(document, f"{mark}\t{bullet}", indent=2.0, hang=1.1)
    for section in d.other[d.look.get("before", 1) :]:
        item(section.heading)
        for line in section.lines:
            word.add(document, line, indent=0.9)
    if d.look.get("signed"):
        word.add(document, d.look["signed"], before=16)
    return document
