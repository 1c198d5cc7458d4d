import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from hotgigs.filetypes.pdf_password import is_password_protected_pdf, may_be_encrypted_pdf


def pdf(*, user_password: str | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if user_password is not None:
        writer.encrypt(user_password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("user_password", "encrypted", "protected"),
    [(None, False, False), ("", True, False), ("secret", True, True)],
)
def test_only_a_user_password_protects(
    tmp_path: Path, user_password: str | None, encrypted: bool, protected: bool
) -> None:
    content = pdf(user_password=user_password)
    path = tmp_path / "resume.pdf"
    path.write_bytes(content)
    assert may_be_encrypted_pdf(io.BytesIO(content)) is encrypted
    assert is_password_protected_pdf(path) is protected


def test_the_mark_is_found_across_chunks() -> None:
    for before in range(65536 - 9, 65537):
        assert may_be_encrypted_pdf(io.BytesIO(b"x" * before + b"/Encrypt" + b"x"))


def test_a_damaged_pdf_is_not_called_protected(tmp_path: Path) -> None:
    path = tmp_path / "resume.pdf"
    path.write_bytes(b"%PDF-1.7 nothing %%EOF")
    assert is_password_protected_pdf(path) is False


PROTECTED = pdf(user_password="secret")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.data())
def test_a_corrupted_pdf_gets_an_answer(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(PROTECTED)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "resume.pdf"
    path.write_bytes(content)
    assert is_password_protected_pdf(path) in (True, False)
