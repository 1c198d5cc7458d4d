"""Word, a table with rules between its rows: shaded rows as headings, the dates in the right column."""

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from engines import word
from printed import Printed

_WIDTHS = [13.2, 4.0]


def build(d: Printed) -> Any:
    document = word.new("Caladea", 10.5, margins=(1.8, 1.9))
    word.add(document, (d.name, "bs22"))
    word.add(document, " · ".join(filter(None, (d.headline, d.address or d.place))))
    word.add(document, " · ".join(filter(None, (d.phone, d.email, *d.links))), after=8)
    table = word.table(document, _WIDTHS)
    table._tbl.tblPr.append(
        parse_xml(
            f"<w:tblBorders {nsdecls('w')}>"
            '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/></w:tblBorders>'
        )
    )
    cells: list[Any] = []

    def heading(text: str) -> None:
        left, right = word.row(table, _WIDTHS)
        word.close([left, right])
        merged = left.merge(right)
        word.shade(merged, "DDE5D5")
        merged.paragraphs[0].text = ""
        word.write(merged.paragraphs[0], text, "b11")
        for extra in merged.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)

    def entry(right_text: str) -> Any:
        left, right = word.row(table, _WIDTHS)
        word.add(right, (right_text, "#555555"))
        cells.append(left)
        return left

    if d.summary:
        heading(d.h("summary"))
        word.add(entry(""), d.summary)
    heading(d.h("jobs"))
    for job in d.jobs:
        left = entry(d.span(job))
        word.add(left, (job.title, "b"))
        word.add(left, ", ".join(filter(None, (job.company, job.place))))
        for bullet in job.bullets:
            word.add(left, f"○ {bullet}", indent=0.5, hang=0.4)
    heading(d.h("education"))
    for study in d.education:
        left = entry(d.studied(study))
        word.add(left, (study.degree, "b"))
        word.add(left, ", ".join(filter(None, (study.school, study.place))))
        if study.grade:
            word.add(left, study.grade)
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            left = entry(d.certified(c))
            word.add(left, (c.name, "b"))
            if c.issuer:
                word.add(left, c.issuer)
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        word.add(entry(""), (f"{label}: ", "i"), ", ".join(skills))
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            word.add(entry(level), language)
    for section in d.other:
        heading(section.heading)
        left = entry("")
        for line in section.lines:
            word.add(left, line)
    word.close(cells)
    return document
