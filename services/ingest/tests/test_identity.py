import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.ingest.identity import Identity, identity_of, is_evidently_another


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


ADA = identity_of(email="ada@mail.example", phone="+15550100", full_name="Ada Example")


@pytest.mark.parametrize(
    ("changes", "is_another"),
    [
        ({"full_name": "Bo Other"}, True),
        ({"full_name": "Bo Example"}, False),
        ({"full_name": None}, False),
        ({"full_name": "Bo Other", "email": "ADA@mail.example"}, False),
        ({"full_name": "Bo Other", "phone": "+1 555 0100"}, False),
        ({"full_name": "Bo Other", "email": None, "phone": None}, True),
    ],
)
def test_a_new_version_is_somebody_else_s_only_where_nothing_agrees(
    changes: dict[str, str | None], is_another: bool
) -> None:
    fields = {"full_name": "Ada Example", "email": "new@mail.example", "phone": "+15550199", **changes}
    assert is_evidently_another(identity_of(**fields), [ADA]) is is_another


def test_a_person_is_known_by_all_names_and_addresses_there_were() -> None:
    married = identity_of(email="ada@new.example", phone=None, full_name="Lovelace")
    newest = identity_of(email="other@mail.example", phone=None, full_name="A. Lovelace")
    assert is_evidently_another(newest, [ADA])
    assert not is_evidently_another(newest, [ADA, married])


def test_nobody_is_somebody_else_than_one_of_whom_nothing_is_known() -> None:
    assert not is_evidently_another(ADA, [])
    assert not is_evidently_another(ADA, [identity_of(email="x@mail.example", phone=None, full_name=None)])
