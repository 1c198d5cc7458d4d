"""Word, contact data and skills in a drawn text box beside the text; headings are letter-spaced capitals."""

from typing import Any

from docx.shared import Cm
from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Lato", 10, margins=(1.6, 1.6))
    section = document.sections[0]
    section.right_margin = Cm(7.6)
    first = word.add(document, (d.name, "24#5b2a86"))

    def heading(where: Any, text: str, color: str = "5b2a86") -> None:
        made = word.add(where, before=9, after=3)
        word.spaced(word.write(made, text.upper(), f"10.5#{color}"), 2.5)

    with word.drawn_box(first, 14.2, 1.6, 5.8, 26.0, "F0EAF6") as box:
        heading(box, d.h("contact"))
        for line in filter(None, (d.phone, d.email, d.address or d.place, *d.links)):
            word.add(box, line, after=1)
        heading(box, d.h("skills"))
        for label, skills in d.skills.items():
            word.add(box, (label, "b"), before=2)
            word.add(box, " · ".join(skills))
        if d.languages:
            heading(box, d.h("languages"))
            for language, level in d.languages:
                word.add(box, f"{language}: {level}")
        if d.certificates:
            heading(box, d.h("certificates"))
            for c in d.certificates:
                word.add(box, (c.name, "b"), before=2)
                for line in filter(None, (c.issuer, d.certified(c))):
                    word.add(box, line)
    if d.headline:
        word.add(document, (d.headline, "i12"))
    if d.summary:
        heading(document, d.h("summary"))
        word.add(document, d.summary)
    heading(document, d.h("jobs"))
    for number, job in enumerate(d.jobs):
        # Titles and employers change places, as they do where a resume has grown over years.
        lines = [(job.title, "b"), (", ".join(filter(None, (job.company, job.place))), "")]
        for line in lines if number % 2 == 0 else reversed(lines):
            word.add(document, line)
        word.add(document, (d.span(job), "9#777777"))
        word.add(document, " ".join(job.bullets), after=6)
    heading(document, d.h("education"))
    for study in d.education:
        word.add(document, (study.degree, "b"), f" ({d.studied(study)})" if d.studied(study) else "")
        word.add(document, ", ".join(filter(None, (study.school, study.place, study.grade))), after=4)
    for other in d.other:
        heading(document, other.heading)
        for line in other.lines:
            word.add(document, line)
    return document
