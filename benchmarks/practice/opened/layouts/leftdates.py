"""Word, tables without borders: dates at the left, the contact in the header, page numbers below."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from engines import word
from printed import Printed

_WIDTHS = [4.2, 12.6]


def build(d: Printed) -> Any:
    color = d.look.get("color", "1F4E79")
    document = word.new(d.look.get("font", "Calibri"), 11, margins=(2.4, 2.1))
    section = document.sections[0]
    lines = [d.name, d.address or d.place, d.phone, d.email, *d.links]
    for number, line in enumerate(filter(None, lines)):
        word.add(
            section.header, (line, "b11" if number == 0 else f"9#{color}"), align=WD_ALIGN_PARAGRAPH.RIGHT
        )
    foot = word.add(section.footer, (f"{d.h('title')} {d.name}, ", "9"), align=WD_ALIGN_PARAGRAPH.CENTER)
    word.page_field(foot)
    word.write(foot, " / ", "9")
    word.page_field(foot, "NUMPAGES")

    word.add(document, (d.h("title"), f"b20#{color}"), after=2)
    if d.headline:
        word.add(document, (d.headline, "12"), after=4)

    def heading(text: str) -> None:
        made = word.add(document, (text, f"b12#{color}"), before=11, after=4)
        made.paragraph_format.keep_with_next = True
        word.rule(made, color=color, edge=d.look.get("edge", "bottom"))

    def rows(pairs: list[tuple[str, list[Any]]]) -> None:
        """A left text and the right cell's paragraphs, each text or (text, format) or a list of these."""
        table = word.table(document, _WIDTHS)
        for left, right in pairs:
            cells = word.row(table, _WIDTHS)
            for line in left.split("\n"):
                word.add(cells[0], (line, d.look.get("left", "")))
            for paragraph in right:
                runs = paragraph if isinstance(paragraph, list) else [paragraph]
                if isinstance(runs[0], str) and runs[0].startswith(("• ", "– ")):
                    word.add(cells[1], *runs, indent=0.4, hang=0.4)
                else:
                    word.add(cells[1], *runs)
            cells[1].paragraphs[-1].paragraph_format.space_after = Pt(5)
            word.close(cells)

    bullet = d.look.get("bullet", "– ")
    if d.look.get("personal"):
        heading(d.h("personal"))
        rows([(label, [value]) for label, value in d.look["personal"].items()])
    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("jobs"))
    pairs = []
    for job in d.jobs:
        where = f"{job.company}, {job.place}" if job.place else job.company
        right: list[Any] = (
            [(job.title, "b"), where] if d.look.get("title_first", True) else [(where, "b"), job.title]
        )
        if job.about:
            right.append((job.about, "i10"))
        if d.look.get("duties") and job.bullets:
            right.append((d.look["duties"], "u"))
        pairs.append((d.span(job), [*right, *(bullet + text for text in job.bullets)]))
    rows(pairs)
    heading(d.h("education"))
    rows(
        [
            (
                d.studied(s),
                [
                    (s.degree, "b"),
                    f"{s.school}, {s.place}" if s.place else s.school,
                    *filter(None, (s.grade, *s.notes)),
                ],
            )
            for s in d.education
        ]
    )
    if d.certificates:
        heading(d.h("certificates"))
        rows([(d.certified(c), [f"{c.name} ({c.issuer})" if c.issuer else c.name]) for c in d.certificates])
    heading(d.h("skills"))
    rows([(label, [", ".join(own)]) for label, own in d.skills.items()])
    if d.languages:
        heading(d.h("languages"))
        rows([(language, [level]) for language, level in d.languages])
    for other in d.other:
        heading(other.heading)
        for line in other.lines:
            word.add(document, line)
    if d.look.get("signed"):
        word.add(document, d.look["signed"], before=20)
        word.add(document, (d.name, "i"), before=14)
    return document
