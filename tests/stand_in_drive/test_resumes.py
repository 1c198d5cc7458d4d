import io

import docx
import pymupdf
from support.stand_in_drive import resumes

from hotgigs.filetypes import identify


def test_each_resume_is_a_file_that_says_whose_it_is() -> None:
    one = resumes.person(4321)
    as_docx, as_pdf = resumes.resume(4321), resumes.resume(4321, "pdf")

    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(as_docx)).paragraphs][:2] == [
        one.name,
        f"{one.mail} | {one.phone}",
    ]
    with pymupdf.open(stream=as_pdf) as document:
        assert not document.is_repaired
        assert one.mail in document[0].get_text()
    assert identify(io.BytesIO(as_docx)).extension == ".docx"
    assert identify(io.BytesIO(as_pdf)).extension == ".pdf"


def test_ten_thousand_people_are_different() -> None:
    people = [resumes.person(number) for number in range(10_000)]

    assert len({person.name for person in people}) == 10_000
    assert len({person.mail for person in people}) == 10_000
    assert len({person.phone for person in people}) == 10_000


def test_files_are_the_same_for_the_same_number_only() -> None:
    assert resumes.resume(5) == resumes.resume(5)
    assert len({resumes.resume(number) for number in range(100)}) == 100
