import pytest

from hotgigs.parser.sections import split_sections


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("Forklift ticket class LF, SafeWork, 2021\nFirst aid, Red Cross, 2023", "certifications"),
        ("Ersthelfer, DRK, 05/2023\nKranschein, TÜV Nord, 2019", "certifications"),
        ("- Rope work\n- Formwork\n- Reading plans\n- Laser level", "skills"),
        ("A talk on moss, Bog Days, Riga, 2024", "other"),
    ],
)
def test_under_a_heading_of_unknown_words_certificates_and_skills_are_told(
    printed, lines: str, kind: str
) -> None:
    document = printed(f"# Education\nBSc Botany, 2014\n# References\nOn request\n# Bits and bobs\n{lines}")
    assert split_sections(document)[-1].kind == kind


def test_what_has_a_section_of_its_own_is_not_told_from_content_elsewhere(printed) -> None:
    jobs = "# Work history\nClerk, Acme Ltd, 2019 - 2021\n# Skills\nFiling\n"
    other = "# Bits and bobs\nTreasurer, Harbour Swimming Club, 2017 - 2020"
    assert split_sections(printed(jobs + other))[-1].kind == "other"


def test_unknown_words_in_the_look_of_headings_open_a_section_below_the_contact(printed) -> None:
    text = "# Ada Moor\nada@example.org\n# The gist\nA clerk who files.\n"
    text += "# Work history\nClerk, Acme\n# Skills\nFiling"
    headings = [section.heading for section in split_sections(printed(text))]
    assert headings == ["", "The gist", "Work history", "Skills"]
