import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.filetypes import safe_filename


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("resume.pdf", "resume.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\cv.doc", "cv.doc"),
        ("/absolute/cv.docx", "cv.docx"),
        ("cv\0.pdf", "cv.pdf"),
        ("cv\r\nX-Evil: 1.pdf", "cvX-Evil_ 1.pdf"),
        ("..", "resume"),
        ("", "resume"),
        (".pdf", "resume.pdf"),
        ("a..b...pdf", "a.b.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("Lebenslauf Jürgen.pdf", "Lebenslauf Jürgen.pdf"),
        ("履歴書.docx", "履歴書.docx"),
        ("folder/", "folder"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
    ],
)
def test_names_become_plain(given_name: str, safe: str) -> None:
    assert safe_filename(given_name) == safe


def test_an_overlong_name_keeps_its_extension() -> None:
    safe = safe_filename("é" * 400 + ".docx")
    assert safe.endswith("é.docx")
    assert len(safe.encode()) <= 255


@given(st.text(max_size=400))
def test_no_name_is_dangerous(name: str) -> None:
    safe = safe_filename(name)
    assert safe
    assert len(safe.encode()) <= 255
    assert ".." not in safe
    assert not set(safe) & set('/\\:\0"')
    assert not any(unicodedata.category(c).startswith("C") for c in safe)
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))


@given(st.text(alphabet="a.é /\\:\t\u202e", max_size=300))
def test_a_safe_name_is_left_alone(name: str) -> None:
    safe = safe_filename(name)
    assert safe_filename(safe) == safe
