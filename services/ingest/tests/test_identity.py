import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.ingest.identity import identity_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@mail.example", "Ada@Mail.Example"),
        ("ada@mail.example", "  ada@mail.example\n"),
        ("STRASSE@mail.example", "straße@mail.example"),
    ],
)
def test_a_mail_address_is_the_same_in_another_case_or_with_spaces_around(one: str, other: str) -> None:
    assert identity_of(ResumeData(email=one)) == identity_of(ResumeData(email=other))


def test_a_name_is_the_same_however_it_is_spaced() -> None:
    spaced = ResumeData(full_name=" ADA \t Example\u00a0", phone=" +15550100 ")
    assert identity_of(spaced) == identity_of(ResumeData(full_name="Ada Example", phone="+15550100"))


@pytest.mark.parametrize("nothing", [None, "", "   ", "\n"])
def test_what_is_not_there_identifies_nobody(nothing: str | None) -> None:
    identity = identity_of(ResumeData(email=nothing, phone=nothing, full_name=nothing))
    assert (identity.email, identity.phone, identity.full_name) == (None, None, None)


@given(st.text(), st.text())
def test_an_identity_is_a_form_that_compares(email: str, full_name: str) -> None:
    identity = identity_of(ResumeData(email=email, full_name=full_name))
    again = identity_of(ResumeData(email=identity.email, full_name=identity.full_name))
    for text in (again.email, again.full_name):
        assert text is None or text == " ".join(text.split()) != ""
