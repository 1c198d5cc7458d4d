import pytest

from hotgigs.parser.document import Document, Line
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.sections import split_sections


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("WORK HISTORY", "experience"),
        ("Berufserfahrung:", "experience"),
        ("Formación académica", "education"),
        ("Registrations & Certifications", "certifications"),
        ("⚙ Toolbox", "skills"),
        ("Compétences", "skills"),
        ("Experiência profissional", "experience"),
        ("3. Education", "education"),
        ("WORKHISTORY", "experience"),
        ("Led the work history project", None),
    ],
)
def test_headings_are_known_in_five_languages(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


def test_what_looks_like_the_known_headings_is_a_heading_too(printed) -> None:
    document = printed(
        "# Education\nBachelor of Science\n# Skills\nSQL, Python\n# My garden\nRoses, leeks, and beans"
    )
    assert [(section.kind, section.heading) for section in split_sections(document)] == [
        ("top", ""),
        ("education", "Education"),
        ("skills", "Skills"),
        ("other", "My garden"),
    ]


def test_a_heading_over_two_lines_is_one(printed) -> None:
    kinds = [section.kind for section in split_sections(printed("# CORE\n# COMPETENCIES\nSQL"))]
    assert kinds == ["top", "skills"]


def test_a_heading_beside_its_text_is_told_from_a_label() -> None:
    rows = ("Profile\tA calm nurse.", "Education\tBSc Nursing", "Languages\tEnglish")
    document = Document(lines=tuple(Line(text=row) for row in rows))
    assert [section.kind for section in split_sections(document)] == [
        "top",
        "summary",
        "education",
        "languages",
    ]


def test_a_section_goes_on_in_its_column_on_the_next_page() -> None:
    def line(text: str, page: int, column: int, weight: int = 400) -> Line:
        return Line(text=text, page=page, column=column, x0=50 + 200 * column, font_size=10, weight=weight)

    document = Document(
        has_geometry=True,
        lines=(
            line("SKILLS", 1, 0, 700),
            line("SQL", 1, 0),
            line("EXPERIENCE", 1, 1, 700),
            line("Engineer", 1, 1),
            line("Python", 2, 0),
            line("Analyst", 2, 1),
        ),
    )
    texts = {section.kind: [each.text for each in section.lines] for section in split_sections(document)}
    assert texts["skills"] == ["SQL", "Python"]
    assert texts["experience"] == ["Engineer", "Analyst"]


def test_periods_that_each_go_on_in_the_next_line_do_not_become_one_line() -> None:
    lines = tuple(Line(text="2019 - 2020, 2019 -") for _ in range(1000))
    sections = split_sections(Document(lines=lines))
    assert max(len(line.text) for section in sections for line in section.lines) < 400
