import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.gateway.changes.tag_names import MAX_CHARACTERS, NoTag, tag_of, tags_of

texts = st.text(max_size=60) | st.text(alphabet="aÄßİıé ,./\t\u0301\u200b", max_size=8)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("  Front   End ", "front end"),
        ("C++", "c++"),
        ("C/C++", "c/c++"),
        (".NET", ".net"),
        ("Caf\u0065\u0301", "caf\u00e9"),
        ("两年", "两年"),
        ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
    ],
)
def test_a_tag_is_in_lower_case_with_single_spaces(text: str, tag: str) -> None:
    assert tag_of(text) == tag


@pytest.mark.parametrize(
    "text", ["", "  ", "x" * (MAX_CHARACTERS + 1), "a\0b", "a,b", "/a", "a/", "..", "a\u200bb", "\ud800"]
)
def test_what_cannot_be_seen_or_asked_for_is_no_tag(text: str) -> None:
    with pytest.raises(NoTag):
        tag_of(text)


@given(text=texts)
def test_a_tag_is_its_own_tag_and_short_enough_to_be_kept(text: str) -> None:
    try:
        tag = tag_of(text)
    except NoTag:
        return
    assert tag_of(tag) == tag
    assert 1 <= len(tag) <= MAX_CHARACTERS
    assert tag.isprintable()
    assert tag == tag.strip()
    assert "," not in tag


@given(parts=st.lists(st.sampled_from(["a", "A ", "b"]), max_size=6))
def test_each_tag_is_there_once(parts: list[str]) -> None:
    tags = tags_of(parts)
    assert len(tags) == len(set(tags))
    assert set(tags) == {tag_of(part) for part in parts}
