import re

from hypothesis import given
from hypothesis import strategies as st
from support.stand_in_drive import queries as stand_in

from hotgigs.drive_sync.sources.google_drive.queries import quoted


@given(st.text(alphabet=st.one_of(st.sampled_from("'\\ "), st.characters(codec="utf-8"))))
def test_any_text_is_one_string_of_a_query_and_means_itself(text: str) -> None:
    query = stand_in.parse(f"{quoted(text)} in parents")
    assert query.parent_id == text


@given(st.text(alphabet="'\\x"))
def test_a_string_ends_where_its_text_ends(text: str) -> None:
    assert re.fullmatch(r"'(?:[^'\\]|\\['\\])*'", quoted(text))
