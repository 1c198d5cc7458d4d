"""What answers mean, and what is kept of them."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.notifier.answers import error_of_status, text_of


@given(status=st.integers())
def test_only_2xx_is_acceptance(status: int) -> None:
    assert (error_of_status(status) is None) == (status // 100 == 2)
    assert (error_of_status(status) == "redirect") == (status // 100 == 3)


@given(body=st.binary() | st.text().map(str.encode))
def test_whatever_comes_back_is_text_that_postgresql_and_json_take(body: bytes) -> None:
    text = text_of(body)

    assert "\0" not in text
    assert msgspec.json.decode(msgspec.json.encode(text)) == text
    assert len(text) <= len(body)


@given(text=st.text(alphabet=st.characters(blacklist_characters="\0", blacklist_categories=["Cs"])))
def test_text_is_kept_as_it_is(text: str) -> None:
    assert text_of(text.encode()) == text


@given(text=st.text(min_size=1, alphabet="aé€😀"), cut=st.integers(1, 3))
def test_a_character_that_is_cut_through_is_left_out(text: str, cut: int) -> None:
    whole = text.encode()

    assert text.startswith(text_of(whole[:-cut]))


def test_surrogates_in_utf_8_are_replaced() -> None:
    assert "\ud800" not in text_of(b"\xed\xa0\x80")
    assert text_of(b"a\xed\xa0\x80b").strip("\ufffd") == "a\ufffd\ufffd\ufffdb"
