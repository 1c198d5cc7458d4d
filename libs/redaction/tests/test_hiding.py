"""What is hidden of a candidate whose contact is not for the one who looks."""

import re

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Certification, Evidence, Experience, ResumeData, Skill
from hotgigs.redaction.hiding import (
    HIDDEN,
    Contact,
    contact_of,
    redacted_data,
    redacted_profile,
    redacted_text,
)

CONTACT = Contact(
    emails=("renee.okonkwo84@mail.example", "xo@mail.example"),
    phones=("+4930901820",),
    names=("Renée Okonkwo",),
)

locals_ = st.from_regex(r"[a-z]{3,10}[._+-]?[a-z0-9]{2,10}", fullmatch=True)
domains = st.sampled_from(["mail.example", "post.example", "a-b.mail.example"])
emails = st.builds("{}@{}".format, locals_, domains)
phones = st.sampled_from(
    [
        "+4930901820",
        "+14155552671",
        "+442079460018",
        "+33612345678",
        "+4520123456",
        "+919876543210",
        "0301234567",
    ]
)
separators = st.sampled_from(["", "", " ", "-", ".", " - ", "/", ") ", " (", " ", "‑", "·", "\n"])
surroundings = st.text(st.characters(codec="utf-8", exclude_categories=("Nd",)), max_size=30)
digits_of_other_scripts = st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "0123456789"])


@st.composite
def printed(draw: st.DrawFn, phone: str) -> str:
    """With or without the country, with anything between the digits."""
    digits = phone.removeprefix("+")[draw(st.integers(min_value=0, max_value=3)) :]
    script = draw(digits_of_other_scripts)
    number = "".join(script[int(digit)] + draw(separators) for digit in digits)
    return draw(st.sampled_from(["+", "0", "00", "(0)", ""])) + number


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A mail address, a phone, and texts in which they stand."""
    email, phone = draw(emails), draw(phones)
    bits = [
        draw(st.sampled_from([str.lower, str.upper, str.title]))(email),
        email.partition("@")[0].upper(),
        email.replace("@", draw(st.sampled_from([" (at) ", "[at]", " @ ", "{AT}"]))),
        draw(printed(phone)),
        draw(printed(phone)),
    ]
    order = draw(st.permutations(bits))
    return (
        email,
        phone,
        *("".join(draw(surroundings) + " " + bit + " " for bit in part) for part in (order[:3], order[3:])),
    )  # type: ignore[return-value]


def telling(phone: str) -> list[str]:
    digits = phone.removeprefix("+")
    return [digits[at : at + 6] for at in range(len(digits) - 5)]


def rows_of_digits(shown: str) -> list[str]:
    """What a reader would dial: digits with no more than a few signs between them."""
    rows = re.findall(r"\d(?:[^\w]{0,3}\d)*", shown)
    return ["".join(str(int(char)) for char in row if char.isdecimal()) for row in rows]


def assert_hidden(shown: object, email: str, phone: str) -> None:
    for value in strings(msgspec.to_builtins(shown)):
        assert email.casefold() not in value.casefold()
        assert email.partition("@")[0].casefold() not in value.casefold()
        for row in rows_of_digits(value):
            assert not [part for part in telling(phone) if part in row]


def strings(node: object) -> list[str]:
    match node:
        case str():
            return [node]
        case dict():
            return [text for value in node.values() for text in strings(value)]
        case list() | tuple():
            return [text for value in node for text in strings(value)]
        case _:
            return []


@given(case=cases())
def test_neither_mail_nor_phone_survives_in_a_profile_in_whatever_notation(case: tuple[str, ...]) -> None:
    email, phone, one, other = case
    assume(email.partition("@")[0] not in HIDDEN)
    profile = CandidateProfile(
        full_name="Ωμέγα Ψι",
        email=email,
        phone=phone,
        title=one,
        summary=other,
        experience=(Experience(description=one, achievements=(other, one)),),
        skills=(Skill(name=one),),
        top_skills=(other,),
        certifications=(Certification(name=other),),
    )
    shown = redacted_profile(profile, Contact())
    assert (shown.email, shown.phone, shown.full_name) == (None, None, "Ωμέγα Ψι")
    assert_hidden(shown, email, phone)


@given(case=cases())
def test_neither_survives_in_parsed_data_nor_in_its_evidence(case: tuple[str, ...]) -> None:
    email, phone, one, other = case
    data = ResumeData(
        email=email,
        phone=phone,
        summary=one,
        evidence={
            "/email": Evidence(confidence=1.0, text=email),
            "/phone": Evidence(confidence=1.0, text=other),
            "/summary": Evidence(confidence=1.0, text=one, reason=other),
        },
    )
    shown = redacted_data(data, Contact())
    assert isinstance(shown.evidence, dict)
    assert list(shown.evidence) == ["/summary"]
    assert_hidden(shown, email, phone)


@given(case=cases(), earlier=cases())
def test_what_other_resumes_of_the_candidate_had_is_hidden_too(
    case: tuple[str, ...], earlier: tuple[str, ...]
) -> None:
    email, phone, one, other = earlier
    profile = CandidateProfile(email=case[0], phone=case[1], summary=one, ai_summary=other)
    shown = redacted_profile(profile, contact_of(ResumeData(email=email, phone=phone)))
    assert_hidden(shown, email, phone)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call +49 (0)30 / 90 18 20 or write.", "Call [hidden] or write."),
        ("renee.okonkwo84 (at) mail (dot) example", HIDDEN),
        ("renee.okonkwo84 at mail dot example", HIDDEN),
        ("in/Renee.Okonkwo84, on GitHub too", "in/[hidden], on GitHub too"),
        ("renee.oko\u00adnkwo84", HIDDEN),
        ("XO, and Xoana", "[hidden], and Xoana"),
        ("Reference: somebody.else@post.example", "Reference: [hidden]"),
        ("Reference: +1 415 555 2671", "Reference: [hidden]"),
        ("Reference: 030 12345678", "Reference: [hidden]"),
        ("(030)901820", "[hidden]"),
    ],
)
def test_contacts_are_hidden_and_nothing_beside_them(text: str, shown: str) -> None:
    assert redacted_text(text, CONTACT) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2018 - 2023",
        "2018–2023, 2019-2020",
        "04/2018 – 05/2023",
        "01.02.2018 - 03.04.2020",
        "2018-04 - 2023-05",
        "2018, 2019, 2020",
        "10115 Berlin",
        "SW1A 1AA London",
        "94107-1234 San Francisco",
        "Windows 10.0.19041.1234 and Python 3.11.4",
        "GPA 3.85/4.0",
        "ISO 27001:2013",
        "Grew sales from 1,200,000 to 2,000,000 EUR",
        "Worked at Google, on-call 24/7",
        "Met 120 % of the 2023 targets",
    ],
)
@pytest.mark.parametrize(
    "phone", ["+4930901820", "+14155552671", "+442079460018", "+4520123456", "+34612345678"]
)
def test_ordinary_numbers_are_left_alone(text: str, phone: str) -> None:
    assert redacted_text(text, Contact(emails=("renee84@mail.example",), phones=(phone,))) == text


@given(
    years=st.lists(st.integers(min_value=1950, max_value=2035), min_size=1, max_size=4),
    joint=st.sampled_from([" - ", "-", " – ", "/", ", ", " to "]),
    phone=phones,
)
def test_years_are_left_alone(years: list[int], joint: str, phone: str) -> None:
    text = joint.join(map(str, years))
    digits = "".join(map(str, years))
    assume(not any(part in digits for part in telling(phone)))
    assert redacted_text(text, Contact(phones=(phone,))) == text


@given(text=surroundings)
def test_text_without_digits_and_signs_of_mail_is_left_alone(text: str) -> None:
    assume(not re.search(r"[@＠﹫]|[(\[{<]\s*at\s*[)\]}>]", text, re.IGNORECASE))
    assert (
        redacted_text(text, Contact(phones=("+4930901820",), emails=("qwertyuiop84@mail.example",))) == text
    )


@pytest.mark.parametrize(
    ("local", "is_left"),
    [
        ("renee.okonkwo", True),
        ("r.okonkwo", True),
        ("okonkwor", True),
        ("RENEEOKONKWO", True),
        ("renee84", False),
        ("nightowl", False),
    ],
)
def test_a_name_is_left_where_the_mail_address_is_made_of_it(local: str, is_left: bool) -> None:
    contact = Contact(emails=(f"{local}@mail.example",), names=("Renée Okonkwo",))
    assert (redacted_text(f"See {local} there", contact) == f"See {local} there") is is_left
    assert redacted_text(f"See {local}@mail.example there", contact) == "See [hidden] there"


def test_words_that_run_together_to_a_short_mail_address_are_left_alone() -> None:
    contact = Contact(emails=("jo@in.com",))
    assert redacted_text("I join committees, not jo in com", contact) == "I join committees, not [hidden]"


def test_a_long_hostile_text_is_gone_through_in_linear_steps() -> None:
    name = " ".join(["a", "aa", "aaa", "aaaa"] * 5)
    contact = Contact(emails=("a" * 60 + "!@mail.example",), phones=("+4930901820",), names=(name,))
    for text in ("a" * 200_000 + "@", "@" * 500_000, "a@" * 50_000, "(" * 100_000, " dot " * 20_000):
        redacted_text(text, contact)
