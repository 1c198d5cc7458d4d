"""Word, the form of an agency or an authority: bordered cells, each with its label, filled in."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from engines import word
from printed import Printed

_FOUR = [3.7, 5.0, 3.3, 5.0]
_TWO = [3.7, 13.3]


def build(d: Printed) -> Any:
    document = word.new(d.look.get("font", "Arial"), 10, margins=(1.6, 2.0))
    facts = d.words["facts"]
    word.add(document, (d.look["form"], "b14"), align=WD_ALIGN_PARAGRAPH.CENTER, after=2)
    if d.look.get("note"):
        word.add(document, (d.look["note"], "i8.5"), align=WD_ALIGN_PARAGRAPH.CENTER, after=6)
    letters = iter(d.look.get("marks", "ABCDEFGHIJKLM"))
    mark = d.look.get("mark", "{}. ")

    def heading(text: str) -> None:
        widths = [17.0]
        table = word.table(document, widths, style="Table Grid")
        [cell] = word.row(table, widths)
        word.shade(cell, d.look.get("shade", "D9E2F3"))
        made = word.add(cell, (mark.format(next(letters)) + text, "b"), before=2, after=2)
        made.paragraph_format.keep_with_next = True
        word.close([cell])

    def grid(widths: list[float], rows: list[list[str]], *, head: bool = False, bare: bool = False) -> None:
        table = word.table(document, widths, style="Table Grid")
        for number, texts in enumerate(rows):
            cells = word.row(table, widths)
            for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                labels = not bare and (number == 0 if head else place % 2 == 0)
                for line in text.split("\n"):
                    word.add(cell, (line, "b9" if labels else ""), before=1, after=1)

    def gap() -> None:
        word.add(document, ("", ""), after=2)

    heading(d.h("personal"))
    grid(_TWO, [[d.h("name"), d.name]])
    cells = list(d.look.get("personal", {}).items())
    if len(cells) % 2:
        cells.append(("", ""))
    pairs = [[*a, *b] for a, b in zip(cells[::2], cells[1::2], strict=True)]
    reach = [[d.h("phone"), d.phone or ""], [d.h("email"), d.email]]
    # A cell of a quarter holds a short address only.
    if len(d.email) < 24:
        pairs.append([*reach[0], *reach[1]])
        reach = []
    grid(_FOUR, pairs)
    rest = [*reach, [d.h("address"), d.address or d.place or ""]]
    if d.headline:
        rest.append([d.h("headline"), d.headline])
    grid(_TWO, rest)
    gap()

    def education() -> None:
        heading(d.h("education"))
        grid(
            [5.6, 5.6, 3.0, 2.8],
            [
                [facts[6], facts[5], facts[2], facts[7]],
                *(
                    [s.degree, f"{s.school}, {s.place}" if s.place else s.school, d.studied(s), s.grade or ""]
                    for s in d.education
                ),
            ],
            head=True,
        )
        gap()

    def jobs() -> None:
        heading(d.h("jobs"))
        for number, job in enumerate(d.jobs):
            if number:
                gap()
            grid(_TWO, [[facts[0], job.company], [facts[1], job.title]])
            if d.look.get("split"):
                ending = d.date(job.end, last_day=True) if job.end else d.style.now
                begun, ended = d.look["split"]
                grid(_FOUR, [[begun, d.date(job.start), ended, ending]])
            else:
                grid(_TWO, [[facts[2], d.span(job)]])
            left = d.look.get("left", [])
            reason = left[number] if number < len(left) else ""
            if job.place:
                grid(_TWO, [[facts[3], job.place]])
            if job.bullets:
                grid(_TWO, [[facts[4], "\n".join(d.look.get("bullet", "") + text for text in job.bullets)]])
            if reason:
                grid(_TWO, [[d.h("reason"), reason]])
        gap()

    def certificates() -> None:
        if not d.certificates:
            return
        heading(d.h("certificates"))
        grid(
            [7.5, 5.5, 4.0],
            [
                [facts[8], facts[9], facts[10]],
                *([c.name, c.issuer or "", d.certified(c)] for c in d.certificates),
            ],
            head=True,
        )
        gap()

    def skills() -> None:
        heading(d.h("skills"))
        grid(_TWO, [[label, "; ".join(own)] for label, own in d.skills.items()])
        if d.languages:
            grid(_TWO, [[d.h("languages"), "; ".join(f"{name} – {level}" for name, level in d.languages)]])
        gap()

    def summary() -> None:
        if d.summary:
            heading(d.h("summary"))
            grid([17.0], [[d.summary]], bare=True)
            gap()

    parts = {
        "education": education,
        "jobs": jobs,
        "certificates": certificates,
        "skills": skills,
        "summary": summary,
    }
    for name in d.look.get("order", "education jobs certificates skills summary").split():
        parts[name]()
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line, before=2)
        gap()
    if d.look.get("signed"):
        word.add(document, d.look["signed"], before=10)
    return document
