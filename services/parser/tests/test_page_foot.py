import pytest

from hotgigs.parser.document import Document, Line
from hotgigs.parser.page_foot import with_foot_apart

FOOT = "1 Elm St, Berlin | 030 1234567 | ann@example.com"


def last_story(*texts: str) -> str:
    lines = tuple(Line(text=text) for text in texts)
    return with_foot_apart(Document(lines=lines)).lines[-1].story


@pytest.mark.parametrize(
    ("texts", "story"),
    [
        (("Ann Lee", "EXPERIENCE", "Engineer, Acme", FOOT), "footer"),
        (("Ann Lee", "ann@example.com", "EXPERIENCE", "Engineer, Acme", FOOT), "footer"),
        (("Ann Lee", "EXPERIENCE", "Engineer, Acme", "Built bridges."), "body"),
        (("Ann Lee", "lee@example.org", "Jo Ray, Acme, 030 1234567, ann@example.com"), "body"),
        (("Ann Lee", "REFERENCES", "Jo Ray, Acme, 030 1234567, ann@example.com"), "body"),
    ],
)
def test_how_to_reach_the_person_at_the_foot_is_no_line_of_the_last_section(
    texts: tuple[str, ...], story: str
) -> None:
    assert last_story(*texts) == story
