"""Persons whose contact is all over their resumes, in whatever notation."""

import io

import pymupdf
from docx import Document
from e2e.leaks.hidden import Hidden
from msgspec import Struct, structs


class Person(Struct, frozen=True, kw_only=True):
    """``notations`` are of the first mail address and of the phones, as people write them; ``spoken`` is
    the address as it stands in a sentence."""

    hidden: Hidden
    filename: str
    printed_phone: str
    notations: tuple[str, ...]
    spoken: str

    @property
    def mail(self) -> str:
        return self.hidden.mails[0]

    @property
    def lines(self) -> list[str]:
        local = self.mail.partition("@")[0]
        return [
            self.hidden.name,
            f"{self.mail} | {self.printed_phone} | linkedin.com/in/{local}",
            "Summary",
            f"Planner of railway depots; write to {self.spoken} or ring {self.notations[0]} at any time.",
            "Experience",
            "Depot Planner, Hallmark Railways, 03/2018 - 05/2021",
            f"Ran the night desk, signed {local.upper()} and was called on {self.notations[1]}.",
            f"Kept the line {self.notations[-1]} open for drivers.",
            "Signal Fitter, Northgate Works, 02/2014 - 02/2018",
            f"Answered {', '.join(self.notations)} in turn.",
            "Education",
            "Bachelor of Science in Civil Engineering, Delft University of Technology, 2013",
            "Skills",
            "Python, Project Management, AutoCAD",
        ]


OTTOLINE = Person(
    hidden=Hidden(
        name="Ottoline Braxwell",
        mails=("ottoline.braxwell@mail.example",),
        phones=("442079460958", "02079460958"),
    ),
    filename="Ottoline Braxwell 020-7946-0958.docx",
    printed_phone="+44 20 7946 0958",
    notations=("020 7946 0958", "(020) 7946-0958", "0044 20 7946 0958", "+44(0)20.7946.0958"),
    spoken="ottoline.braxwell (at) mail.example",
)
LUDMILA = Person(
    hidden=Hidden(
        name="Ludmila Varneth",
        mails=("zephyrquill@mail.example",),
        phones=("14155550132", "4155550132"),
    ),
    filename="cv_zephyrquill_4155550132.pdf",
    printed_phone="+1 (415) 555-0132",
    notations=("415.555.0132", "4155550132", "1-415-555-0132", "415 555 01 32"),
    spoken="Zephyrquill at mail dot example",
)
LUDMILA_AGAIN = Person(
    hidden=Hidden(
        name="Ludmila Varneth",
        mails=("luv0nova88@post.example",),
        phones=("61491570156", "0491570156"),
    ),
    filename="luv0nova88@post.example.docx",
    printed_phone="+61 491 570 156",
    notations=("0491 570 156", "+61491570156", "0491-570-156"),
    spoken="luv0nova88 @ post.example",
)
"""The same person with another address and another phone: merged by hand."""
JASKA = Person(
    hidden=Hidden(
        name="Jaska Ruohonen",
        mails=("jr77x9kk@mail.example",),
        phones=("33639981234", "0639981234"),
    ),
    filename="jaska.docx",
    printed_phone="+33 6 39 98 12 34",
    notations=("06 39 98 12 34", "06.39.98.12.34", "0033639981234"),
    spoken="jr77x9kk [at] mail.example",
)
INIGO = Person(
    hidden=Hidden(name="Inigo Talbrek", mails=("qx7@mail.example",), phones=("49301234567", "0301234567")),
    filename="inigo (qx7).docx",
    printed_phone="+49 30 1234567",
    notations=("030/1234567", "030 12 34 56 7", "0049 30 1234567"),
    spoken="qx7@mail.example",
)

NAMESAKE = structs.replace(
    LUDMILA, hidden=structs.replace(LUDMILA.hidden, name="Orsolya Kettering"), filename="orsolya.docx"
)
"""Somebody else with the same address and the same phone, who is shared with nobody."""

EDITED = Hidden(
    name="Jaska Ruohonen", mails=("ukkonen55z@edit.example",), phones=("447700900123", "07700900123")
)
"""What the owner writes over Jaska's."""


def document_of(person: Person) -> bytes:
    """As the file's name says: a PDF or a DOCX."""
    return _pdf(person.lines) if person.filename.endswith(".pdf") else _docx(person.lines)


def _pdf(lines: list[str]) -> bytes:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for number, line in enumerate(lines):
        page.insert_text((60, 70 + 18 * number), line, fontsize=10)
    content: bytes = pdf.tobytes()
    return content


def _docx(lines: list[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
