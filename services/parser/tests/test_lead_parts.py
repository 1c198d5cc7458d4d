import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.lead_parts import with_leads_apart


@pytest.mark.parametrize(
    ("lead", "text", "expected"),
    [
        ("Acme B.V.", "Acme B.V. Utrecht", "Acme B.V.\tUtrecht"),
        ("Engineer", "Engineer Bank of Cork", "Engineer\tBank of Cork"),
        ("Engineer", "Engineer, Acme", "Engineer, Acme"),
        ("Engineer", "Engineer — Acme", "Engineer — Acme"),
        ("Engineer", "Engineer building bridges", "Engineer building bridges"),
        ("Cut costs", "Cut costs Saved 20% of the budget.", "Cut costs Saved 20% of the budget."),
        ("• Lead", "• Lead Engineering", "• Lead Engineering"),
    ],
)
def test_what_is_set_apart_by_its_look_alone_is_parted(lead: str, text: str, expected: str) -> None:
    assert [line.text for line in with_leads_apart([Line(text=text, lead=lead)])] == [expected]
