import pytest

from hotgigs.parser.separators import bullet_text


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("- Ran the ward", "Ran the ward"),
        ("\t- Ran the ward", "Ran the ward"),
        ("  • Ran the ward", "Ran the ward"),
        ("\tRan the ward", None),
        ("Ran - the ward", None),
    ],
)
def test_an_item_of_a_list_may_hang_in(text: str, item: str | None) -> None:
    assert bullet_text(text) == item
