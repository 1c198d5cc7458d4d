"""Contacts that are written in such a way that only a reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.redaction.hiding import HIDDEN, Contact, redacted_text
from hotgigs.redaction.reading import reading_of

CONTACT = Contact(emails=("jane.doe1987@mail.example",), phones=("+14155552671",), names=("Jane Doe",))


@pytest.mark.parametrize(
    "text",
    [
        "jane.doe1987%40mail.example",
        "jane&#46;doe1987&#64;mail.example",
        "jane.doe1987&commat;mail.example",
        "jane.<b>doe</b>1987@mail.example",
        "jane.doe\u202d1987\u202c@mail.example",
        "jane.doe\u20611987",
        "jane.döe1987",
        "ｊａｎｅ．ｄｏｅ１９８７",
        "j a n e . d o e 1 9 8 7 @ m a i l . e x a m p l e",
        "jane dot doe1987 at mail dot example",
        "jane.\ndoe1987@mail.example",
        "janedoe1987",
        "jane_doe1987",
        "somebody.else%40post.example",
        "somebody.else&#x40;post.example",
        "somebody.else at post dot example",
        "④①⑤⑤⑤⑤②⑥⑦①",
        "⁴¹⁵⁵⁵⁵²⁶⁷¹",
        "415.....555.....2671",
        "415\n\n\n\n\n\n\n555\n\n\n\n\n\n\n2671",
        "+1%20415%20555%202671",
        "+1&nbsp;415&nbsp;555&nbsp;2671",
        "415<br>555<br/>2671",
    ],
)
def test_nothing_of_a_contact_is_left_that_a_reader_would_see(text: str) -> None:
    assert redacted_text(text, CONTACT) == HIDDEN


@pytest.mark.parametrize(
    "text",
    [
        "Salary 85000-95000 USD",
        "Salary 85.000 - 95.000 EUR",
        "R&D at Analytical Engines, 40%20 growth",
        "Grew it by 20%25 people",
        "<b>Engineer</b> &amp; writer",
        "J. Doe, Jane Doe-Smith",
        "5½ years, 12 m² per seat, 2015²",
    ],
)
@pytest.mark.parametrize("phone", ["+14155552671", "+919812345678", "0301234567"])
def test_what_is_no_contact_stays_as_it_is_written(text: str, phone: str) -> None:
    contact = Contact(emails=("jane.doe1987@mail.example",), phones=(phone,), names=("Jane Doe",))
    assert redacted_text(text, contact) == text


@pytest.mark.parametrize("text", ["(650) 253-0000", "Call 020 7946 0958", "98765 43210"])
@pytest.mark.parametrize("phones", [(), ("0301234567",)])
def test_a_number_is_hidden_where_no_country_is_known(text: str, phones: tuple[str, ...]) -> None:
    assert HIDDEN in redacted_text(text, Contact(phones=phones))


@given(text=st.text(max_size=50))
def test_a_reading_knows_where_each_of_its_characters_stands(text: str) -> None:
    reading = reading_of(text)
    for at in range(len(reading.text)):
        start, end = reading.span(at, at + 1)
        assert 0 <= start < end <= len(text)
    assert reading.text == "" or reading.span(0, len(reading.text))[1] == len(text)
