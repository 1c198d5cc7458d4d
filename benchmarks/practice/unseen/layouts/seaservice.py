"""A form of ruled tables: particulars, certificates with their dates, service line by line."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from engines.word import add, close, new, row, shade, table


def build(d: Any) -> Any:
    doc = new("Arial", 9.5, margins=(1.5, 1.5))
    title = {"es": "FICHA DE POSTULANTE"}.get(d.lang, "APPLICATION FOR EMPLOYMENT")
    add(doc, (title, "b14"), align=ALIGN.CENTER, after=6)

    def ruled(heading: str, widths: list[float], head: list[str], rows: list[list[str]]) -> None:
        add(doc, (heading, "b10.5"), before=9, after=2)
        grid = table(doc, widths, style="Table Grid")
        if head:
            cells = row(grid, widths)
            for cell, text in zip(cells, head, strict=True):
                shade(cell, "D9D9D9")
                add(cell, (text, "b8.5"))
        for texts in rows:
            cells = row(grid, widths)
            for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                add(cell, (text, "" if head or index % 2 else "b8.5"))
            close(cells)

    ruled(
        d.h("personal"),
        [3.6, 5.4, 3.6, 5.4],
        [],
        [
            [d.h("name"), d.name, d.h("title"), d.headline or ""],
            [d.h("address"), d.address or d.place, d.h("phone"), d.phone],
            [d.h("email"), d.email, d.h("languages"), ", ".join(f"{a} ({b})" for a, b in d.languages)],
        ],
    )
    if d.summary:
        add(doc, (d.h("summary") + ": ", "b"), d.summary, before=7)
    ruled(
        d.h("certificates"),
        [7.4, 5.2, 2.7, 2.7],
        [d.h("degree"), d.h("issuer"), d.h("issued"), d.h("expires")],
        [
            [
                c.name,
                c.issuer or "-",
                *(d.date(x, d.style.short_dates) if x else "-" for x in (c.issued, c.expires)),
            ]
            for c in d.certificates
        ],
    )
    ruled(
        d.h("jobs"),
        [4.4, 5.6, 3.2, 4.8],
        [d.h("title"), d.h("company"), d.h("place"), d.h("dates")],
        [[j.title, j.company, j.place or "-", d.span(j)] for j in d.jobs],
    )
    ruled(
        d.h("education"),
        [6.4, 6.2, 2.6, 2.8],
        [d.h("degree"), d.h("school"), d.h("place"), d.h("issued")],
        [[s.degree, s.school, s.place or "-", d.studied(s)] for s in d.education],
    )
    add(doc, (d.h("skills"), "b10.5"), before=9, after=2)
    for label, skills in d.skills.items():
        add(doc, f"{label}: {', '.join(skills)}")
    for other in d.other:
        add(doc, (other.heading, "b10.5"), before=9, after=2)
        for line in other.lines:
            add(doc, line)
    add(doc, "_______________________________", before=26, align=ALIGN.RIGHT)
    return doc
