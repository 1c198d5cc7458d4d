import pytest

from hotgigs.parser.document import Document, Line
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


def test_certificates_below_the_degrees_are_a_section_of_their_own(printed) -> None:
    text = "# Education\nHigh School Diploma, Ross High School\t2004\nForklift Trainer, Forum\t2022"
    assert [section.kind for section in split_sections(printed(text))] == [
        "top",
        "education",
        "certifications",
    ]


def test_certificates_below_the_degrees_may_have_their_issuer_on_the_next_line(printed) -> None:
    studies = "# Education\n2015 - 2018\tBSc Nursing, University of Leeds\n2013\tA-Levels, Leeds City College"
    certified = (
        "2024 - 2029\tServSafe Manager\nRestaurant Association\n2020\tCertified Sous Chef\nChefs' Federation"
    )
    sections = split_sections(printed(f"{studies}\n{certified}"))
    assert [(section.kind, len(section.lines)) for section in sections[1:]] == [
        ("education", 2),
        ("certifications", 4),
    ]


def test_studies_whose_grade_sounds_like_a_certificate_stay(printed) -> None:
    text = (
        "# Education\n2022\tMBA, Business School\n2013\tB.Sc. Accounting, Oke University, Second Class Upper."
    )
    assert [section.kind for section in split_sections(printed(text))] == ["top", "education"]


def test_a_bold_line_inside_education_may_head_certificates() -> None:
    lines = (("Education", 13, 700), ("BSc Botany, 2014", 10, 400), ("Credentials", 10, 700))
    lines = (*lines, ("First Aid, Red Cross, 2020", 10, 400), ("Skills", 13, 700), ("Pruning", 10, 400))
    document = Document(lines=tuple(Line(text=text, font_size=size, weight=w) for text, size, w in lines))
    kinds = [section.kind for section in split_sections(document)]
    assert kinds == ["top", "education", "certifications", "skills"]


def test_a_heading_may_end_beside_the_second_row_of_its_section(printed) -> None:
    text = "# SKILLS\nSQL\n# CURSOS\nRopes, 2025\n# COMPLEMENTARES\nHeights, SENAI, 2024"
    sections = split_sections(printed(text))
    assert [(section.kind, len(section.lines)) for section in sections[1:]] == [
        ("skills", 1),
        ("training", 2),
    ]
