import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.ingest.identity import Identity, identity_of


def mail(text: str | None) -> str | None:
    return identity_of(email=text, phone=None, full_name=None).email


def phone(text: str | None) -> str | None:
    return identity_of(email=None, phone=text, full_name=None).phone


def name(text: str | None) -> tuple[str, ...]:
    return identity_of(email=None, phone=None, full_name=text).name_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@mail.example", "Ada@Mail.Example"),
        ("ada@mail.example", "  ada@mail.example\n"),
        ("STRASSE@mail.example", "straße@mail.example"),
    ],
)
def test_a_mail_address_is_the_same_in_another_case_or_with_spaces_around(one: str, other: str) -> None:
    assert mail(one) == mail(other)


@pytest.mark.parametrize(
    "other", ["ADA \t Example\u00a0", "Example, Ada", "Áda Exämple", "A\u0301da Example", "ada_example"]
)
def test_a_name_is_the_same_in_another_order_case_and_spacing_and_without_accents(other: str) -> None:
    assert name("Ada Example") == name(other) == ("ada", "example")


@pytest.mark.parametrize("other", ["+1 (555) 010-0", "0015550100", "١٥٥٥٠١٠٠"])
def test_a_phone_is_its_digits(other: str) -> None:
    assert phone("+15550100") == phone(other) == "15550100"


def test_a_few_digits_are_nobody_s_phone() -> None:
    assert phone("x123") is None


@pytest.mark.parametrize("nothing", [None, "", "   ", "\n"])
def test_what_is_not_there_identifies_nobody(nothing: str | None) -> None:
    identity = identity_of(email=nothing, phone=nothing, full_name=nothing)
    assert identity == Identity()
    assert identity.is_of_nobody()


@given(st.text(), st.text(), st.text())
def test_an_identity_is_a_form_that_compares(email: str, number: str, full_name: str) -> None:
    identity = identity_of(email=email, phone=number, full_name=full_name)
    again = identity_of(
        email=identity.email,
        phone=identity.phone and f"00{identity.phone}",
        full_name=" ".join(identity.name_words),
    )
    assert again == identity
