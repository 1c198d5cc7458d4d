"""Word, an agency's profile of a candidate: a table of two columns for each job, labels at the left."""

import tomllib
from pathlib import Path
from typing import Any

from engines import word
from printed import Printed

_WIDTHS = [4.2, 12.8]
_WORDS = tomllib.loads(Path(__file__).with_name("agency.toml").read_text("utf-8"))


def build(d: Printed) -> Any:
    words = _WORDS[d.lang]
    document = word.new("Carlito", 10.5, margins=(1.8, 2.0))
    cells: list[Any] = []

    def heading(text: str) -> None:
        word.add(document, (text, "b12#7a1f2b"), before=10, after=3)

    def facts(rows: list[tuple[str, Any]]) -> None:
        table = word.table(document, _WIDTHS, style="Table Grid")
        for label, value in rows:
            if not value:
                continue
            left, right = word.row(table, _WIDTHS)
            word.shade(left, "EFE6E7")
            word.add(left, (label, "b"))
            for line in [value] if isinstance(value, str) else value:
                word.add(right, line, style=None if isinstance(value, str) else d.look.get("style"))
            cells.extend((left, right))
        word.add(document, "", after=2)

    word.add(document, (words["profile"], "b16#7a1f2b"), after=6)
    facts(
        [
            (words["name"], d.name),
            (words["role"], d.headline),
            (words["where"], d.address or d.place),
            (words["phone"], d.phone),
            (words["email"], d.email),
            *d.look.get("personal", {}).items(),
        ]
    )
    if d.summary:
        heading(d.h("summary"))
        word.add(document, d.summary)
    heading(d.h("jobs"))
    for job in d.jobs:
        facts(
            [
                (words["employer"], job.company),
                (words["place"], job.place),
                (words["dates"], d.span(job)),
                (words["title"], job.title),
                (words["duties"], job.bullets),
            ]
        )
    heading(d.h("education"))
    for study in d.education:
        facts(
            [
                (words["school"], study.school),
                (words["degree"], study.degree),
                (words["year"], d.studied(study)),
                (words["grade"], study.grade),
                (words["place"], study.place),
            ]
        )
    if d.certificates:
        heading(d.h("certificates"))
        facts([(d.certified(c) or "–", ", ".join(filter(None, (c.name, c.issuer)))) for c in d.certificates])
    heading(d.h("skills"))
    facts([(label, ", ".join(skills)) for label, skills in d.skills.items()])
    if d.languages:
        heading(d.h("languages"))
        facts(list(d.languages))
    word.close(cells)
    return document
