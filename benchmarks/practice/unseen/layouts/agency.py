"""What a recruitment agency makes of a candidate's own resume; its own address stands in the footer."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from engines.word import add, close, new, row, rule, shade, table, write


def build(d: Any) -> Any:
    doc = new("Arial", 10, margins=(2.4, 2.2))
    section = doc.sections[0]
    brand = add(section.header, ("meridian", "b16#c00000"), align=ALIGN.RIGHT)
    write(brand, "  people & placement", "10#7f7f7f")
    rule(brand, color="c00000")
    add(
        section.footer,
        ("Meridian People, 3rd floor, 88 Long Street | consultants@meridianpeople.example.com", "8#7f7f7f"),
        (" | www.meridianpeople.example.com", "8#7f7f7f"),
        align=ALIGN.CENTER,
    )
    add(doc, ("CANDIDATE PROFILE", "b15"), after=6)
    widths = [4.6, 12.0]
    grid = table(doc, widths, style="Table Grid")
    facts = [
        ("Candidate", d.name),
        ("Current role", d.headline),
        ("Location", d.address or d.place),
        ("Telephone", d.phone),
        ("E-mail", d.email),
        ("Languages", ", ".join(f"{a} ({b})" for a, b in d.languages)),
        ("Notice period", "One calendar month"),
    ]
    for label, value in facts:
        if value:
            cells = row(grid, widths)
            shade(cells[0], "F2F2F2")
            add(cells[0], (label, "b"))
            add(cells[1], value)
            close(cells)

    def heading(text: str) -> None:
        paragraph = add(doc, (text.upper(), "b11#ffffff"), before=12, after=4)
        paragraph.paragraph_format.keep_with_next = True
        shade(paragraph, "404040")

    def labelled(label: str, value: str | None) -> None:
        if value:
            add(doc, (f"{label}: ", "b"), value)

    if d.summary:
        heading(d.h("summary"))
        add(doc, d.summary)
    heading(d.h("skills"))
    for label, skills in d.skills.items():
        labelled(label, ", ".join(skills))
    heading(d.h("education"))
    for study in d.education:
        labelled(d.h("school"), ", ".join(filter(None, [study.school, study.place])))
        labelled(d.h("degree"), study.degree)
        labelled("Year", d.studied(study))
        labelled("Result", study.grade)
        add(doc, "")
    if d.certificates:
        heading(d.h("certificates"))
        for one in d.certificates:
            until = f", valid to {d.date(one.expires, d.style.short_dates)}" if one.expires else ""
            issued = d.date(one.issued, d.style.short_dates) if one.issued else ""
            add(
                doc,
                one.name,
                f" – {one.issuer}" if one.issuer else "",
                f" ({issued}{until})",
                style="List Bullet",
            )
    heading(d.h("jobs"))
    for job in d.jobs:
        labelled(d.h("company"), job.company)
        labelled(d.h("place"), job.place)
        labelled(d.h("dates"), d.span(job))
        labelled(d.h("title"), job.title)
        labelled("About the company", job.about)
        if job.bullets:
            add(doc, (f"{d.h('duties')}:", "b"))
            for bullet in job.bullets:
                add(doc, bullet, style="List Bullet")
        add(doc, "")
    for other in d.other:
        heading(other.heading)
        for line in other.lines:
            add(doc, line)
    add(
        doc,
        ("This profile is confidential and may not be passed on without our consent.", "i8#7f7f7f"),
        before=8,
    )
    return doc
