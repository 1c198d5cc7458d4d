"""Word as typed on a typewriter: blanks and tabs for columns, underscores for rules, fonts that change."""

from typing import Any

from engines import word
from printed import Printed


def build(d: Printed) -> Any:
    document = word.new("Liberation Serif", 12, margins=(2.0, 2.4), letter=True)
    word.add(document, " " * 22, (d.name.upper(), "b16"))
    word.add(document, " " * 18, "   ".join(filter(None, (d.phone, d.email))))
    if d.address or d.place:
        word.add(document, " " * 24, d.address or d.place)
    word.add(document, "_" * 72)
    word.add(document, "")

    def heading(text: str) -> None:
        word.add(document, "")
        word.add(document, (text.upper(), "bu"), ":")
        word.add(document, "")

    if d.headline:
        word.add(document, ("Position sought: ", "b"), d.headline)
    if d.summary:
        heading(d.h("summary"))
        word.add(document, "          " + d.summary)
    heading(d.h("jobs"))
    for number, job in enumerate(d.jobs):
        if number:
            word.add(document, "")
        gap = " " * max(4, 66 - len(job.company) - len(d.span(job)))
        where = f"   {job.place}" if job.place else ""
        if number % 2:
            word.add(document, (job.company.upper(), "b"), where)
            word.add(document, f"{d.span(job)}      {job.title}")
        else:
            word.add(document, (job.company.upper(), "b"), gap, d.span(job))
            word.add(document, (job.title, "i"), where)
        for bullet in job.bullets:
            paragraph = word.add(document, "     -  " if number != 1 else "     *  ")
            run = word.write(paragraph, bullet, "11" if number == 1 else "")
            if number == 1:
                run.font.name = "Liberation Sans"
    heading(d.h("education"))
    for study in d.education:
        word.add(document, f"{d.studied(study)}     " if d.studied(study) else "", (study.degree, "b"))
        word.add(document, "                  " + ",  ".join(filter(None, (study.school, study.place))))
        for line in filter(None, (study.grade, *study.notes)):
            word.add(document, "                  " + line)
    if d.certificates:
        heading(d.h("certificates"))
        for c in d.certificates:
            word.add(document, f"*   {c.name}", f" ,  {c.issuer}" if c.issuer else "", f"  {d.certified(c)}")
    heading(d.h("skills"))
    skills = d.all_skills
    for start in range(0, len(skills), 2):
        pair = skills[start : start + 2]
        word.add(document, "-  " + (" " * max(4, 40 - len(pair[0])) + "-  ").join(pair))
    if d.languages:
        heading(d.h("languages"))
        for language, level in d.languages:
            word.add(document, f"{language} ...... {level}")
    for section in d.other:
        heading(section.heading)
        for line in section.lines:
            word.add(document, line)
    word.add(document, "_" * 72)
    return document
