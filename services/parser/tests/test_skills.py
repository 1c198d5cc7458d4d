from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.parser.document import Document, Line
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.sections import Section
from hotgigs.parser.skills import MAX_SKILLS, read_skills


def skills(document):
    return [skill.name for skill in understand(document, date(2026, 11, 22)).skills]


def test_skills_come_without_the_names_of_their_groups(printed) -> None:
    document = printed("""
        # Skills
        Languages & frameworks: Java, Spring Boot
        Data & messaging:\tPostgreSQL; Apache Kafka
    """)
    assert skills(document) == ["Java", "Spring Boot", "PostgreSQL", "Apache Kafka"]


def test_commas_in_brackets_part_nothing(printed) -> None:
    assert skills(printed("# Skills\nPython (pandas, numpy), SQL")) == ["Python (pandas, numpy)", "SQL"]


def test_spoken_languages_are_no_skills_but_programming_languages_are(printed) -> None:
    document = printed("""
        # Kenntnisse
        Languages: Java, C
        Sprachen: Deutsch (Muttersprache), Englisch (C1)
    """)
    assert skills(document) == ["Java", "C"]


def test_a_level_is_a_proficiency_only_where_it_is_stated(printed) -> None:
    document = printed("# Skills\nExcel (advanced), Word\nTableau\t●●●●○")
    found = understand(document, date(2026, 11, 22)).skills
    assert [(skill.name, skill.proficiency) for skill in found] == [
        ("Excel", "advanced"),
        ("Word", None),
        ("Tableau", "advanced"),
    ]


def test_skills_that_jobs_mention_come_first(printed) -> None:
    document = printed("""
        # Experience
        Engineer | Acme GmbH | 2020 – Present
        • Moved billing to Kotlin and Kafka.
        • Wrote Kotlin every day.
        # Skills
        Java, Kafka, Kotlin, Git, SQL, Perl
    """)
    assert understand(document, date(2026, 11, 22)).top_skills == ("Kotlin", "Kafka", "Java", "Git", "SQL")


def levels(document):
    return [(skill.name, skill.proficiency) for skill in understand(document, date(2026, 11, 22)).skills]


@pytest.mark.parametrize(
    "text",
    [
        "Python, SQL, Go",
        "Python; SQL; Go.",
        "Python | SQL | Go",
        "Python · SQL · Go",
        "Python - SQL - Go",
        "Python / SQL / Go",
        "Python SQL Go",
        "Python, SQL and Go",
        "Python, SQL, and Go, etc.",
        "Python\tSQL\tGo",
        "Python,\nSQL, Go",
        "• Python\n• SQL\n• Go",
        "• Python\t• SQL\n• Go",
        "1. Python\n2. SQL\n3. Go",
        "Tools: Python, SQL\nOther: Go",
        "Tools: Python, SQL. Other: Go",
        "Tools: Python, SQL; Other: Go",
        "Tools – Python, SQL\nGo",
        "Tools. Python, SQL\nOther. Go, Go.",
        "TOOLS. Python, SQL, Go. LANGUAGES. English (native), Welsh.",
        "Tools\t: Python, SQL, Go",
        "Tools\tPython, SQL\nOther\tGo",
        "Technical skills\nPython, SQL\nOther tools\nGo, Go",
        "Tools:\nPython\nSQL\nGo",
        "Tools\n• Python\n• SQL\nMore\n• Go",
        "Experience with Python, SQL and Go.",
        "Skill\tLevel\nPython\tExpert\nSQL\tBasic\nGo\tBasic",
        "Python (6 years), SQL (3+ yrs), Go (<1 year)",
        "Python (2015 – 2020), SQL, Go",
    ],
)
def test_skills_are_read_one_by_one_however_they_are_set(printed, text) -> None:
    assert skills(printed(f"# Skills\n{text}")) == ["Python", "SQL", "Go"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Führerschein B, BE, C1", ["Führerschein B, BE, C1"]),
        ("Permis B, anglais technique", ["Permis B", "anglais technique"]),
        (
            "Excel, Carnet de conducir B, C + E, Inventarios",
            ["Excel", "Carnet de conducir B, C + E", "Inventarios"],
        ),
        (
            "Banking\tKYC • Branch operations\nSystems\tFinacle • Excel",
            ["KYC", "Branch operations", "Finacle", "Excel"],
        ),
    ],
)
def test_a_list_is_parted_where_it_lists_skills(printed, text, names) -> None:
    assert skills(printed(f"# Skills\n{text}")) == names


def test_two_that_belong_together_stay_one(printed) -> None:
    document = printed("# Skills\nHTML/CSS, Training and coaching, VAT and payroll\nSauces and stocks")
    assert skills(document) == ["HTML/CSS", "Training and coaching", "VAT and payroll", "Sauces and stocks"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Excel (advanced)", "advanced"),
        ("Excel – Expert", "expert"),
        ("Excel: basic knowledge", "beginner"),
        ("Excel\tsehr gut", "expert"),
        ("Excel (avancé)", "advanced"),
        ("Excel (nivel medio)", "intermediate"),
        ("Excel\t★★★☆☆", "intermediate"),
        ("Excel ★★", "beginner"),
        ("Excel ●●●●●", "expert"),
        ("Excel ••••◦", "advanced"),
        ("Excel ● ● ○ ○ ○", "beginner"),
        ("Excel 4/5", "advanced"),
        ("Excel 80%", "advanced"),
        ("Excel: 95 %", "expert"),
        ("Excel (4 years)", "advanced"),
        ("Excel – 10 years of experience", "expert"),
        ("Excel\tExpert, 7 years", "expert"),
        ("Excel ..... Expert", "expert"),
        ("Excel", None),
    ],
)
def test_a_level_beside_the_skill_is_its_proficiency(printed, text, level) -> None:
    document = printed(f"# Skills\n{text}\nWord (basic)\nOutlook (basic)")
    assert levels(document)[0] == ("Excel", level)


@pytest.mark.parametrize(
    "text",
    [
        "Expert: Python, SQL\nFamiliar with: Go",
        "Expert\n• Python\n• SQL\nBeginner\n• Go",
        "Expert\tPython, SQL\nFamiliar\tGo, Go",
        "Expert Python, SQL\nFamiliar Go, Go",
        "Expert in Python and SQL.\nFamiliar with Go.",
        "Python\nExpert\nSQL\nExpert\nGo\nBeginner",
    ],
)
def test_a_level_may_head_a_group_or_follow_on_a_line_of_its_own(printed, text) -> None:
    document = printed(f"# Skills\n{text}")
    assert levels(document) == [("Python", "expert"), ("SQL", "expert"), ("Go", "beginner")]


def test_a_word_that_only_one_name_has_in_brackets_is_part_of_it(printed) -> None:
    document = printed("# Skills\nScaffolding, Rigging (basic), Welding, Pressure testing")
    assert levels(document)[1] == ("Rigging (basic)", "beginner")


@pytest.mark.parametrize(
    "text",
    [
        "Welding\nLanguages: English (native), Spanish",
        "Welding\nSprachen\tDeutsch (Muttersprache), Englisch",
        "Welding, English (fluent), Spanisch B2, anglais courant",
        "• Welding\nIdiomas\n• Español (nativo)\n• Inglés",
    ],
)
def test_languages_that_people_speak_are_left_out(printed, text) -> None:
    assert skills(printed(f"# Skills\n{text}")) == ["Welding"]


def test_dishes_and_markets_are_not_taken_for_languages(printed) -> None:
    document = printed("# Skills\nFrench cuisine, German tax law, Spanish literature")
    assert skills(document) == ["French cuisine", "German tax law", "Spanish literature"]


def test_a_sentence_about_a_skill_leaves_its_name(printed) -> None:
    document = printed("""
        # Skills
        • Leadership: led teams of up to twenty people in three countries on two continents
        • Negotiation – brought home contracts that nobody in the company believed were possible
    """)
    assert skills(document) == ["Leadership", "Negotiation"]


def test_posts_and_certificates_that_stray_among_skills_are_none(printed) -> None:
    document = printed("""
        # Skills
        Budgeting, Logistics
        Director, Food Bank Alliance, 2016 – present
        Tableau Desktop Specialist · Tableau · November 2025
        Curso: Trabalho em Altura, SENAI (2024)
    """)
    assert skills(document) == ["Budgeting", "Logistics"]


def test_a_skill_that_runs_over_the_line_is_one() -> None:
    def line(text: str, y: float, x1: float, x0: float = 20.0) -> Line:
        return Line(text=text, page=1, x0=x0, x1=x1, y0=y, y1=y + 10, font_size=10)

    lines = (
        Line(text="Skills", page=1, x0=20, x1=60, y0=10, y1=23, font_size=13, weight=700),
        line("Triage", 30, 60),
        line("Rapid sequence intubation", 45, 150),
        line("assist", 60, 50),
        line("• Ultrasound-guided", 75, 120),
        line("IV access", 90, 70, 30),
    )
    document = Document(lines=lines, page_count=1, has_geometry=True)
    assert skills(document) == ["Triage", "Rapid sequence intubation assist", "Ultrasound-guided IV access"]


def test_what_alone_is_set_in_bold_before_a_list_is_its_label() -> None:
    def line(text: str, lead: str = "") -> Line:
        return Line(text=text, lead=lead, font_size=10, page=1, x0=20, x1=200, y0=20)

    lines = [
        line("Métodos Encuestas, Muestreo", "Métodos"),
        line("Gestión y control Presupuestos", "Gestión y control"),
        line("Software. Stata; QGIS", "Software."),
        line("Excel (advanced), Word", "Excel"),
    ]
    assert [skill.name for skill in read_skills([Section("skills", "", lines)])] == [
        "Encuestas", "Muestreo", "Presupuestos", "Stata", "QGIS", "Excel (advanced)", "Word",
    ]  # fmt: skip


def test_lists_with_labels_before_dashes_are_not_one() -> None:
    def line(text: str, y: float) -> Line:
        return Line(text=text, font_size=10, page=1, x0=20, x1=200, y0=y, y1=y + 10)

    lines = [line("Platforms — Kubernetes, Linux, AWS", 20), line("Automation — Terraform, Ansible, Go", 35)]
    assert [skill.name for skill in read_skills([Section("skills", "", lines)])] == [
        "Kubernetes", "Linux", "AWS", "Terraform", "Ansible", "Go",
    ]  # fmt: skip


@given(
    st.lists(
        st.text(st.characters(codec="utf-8"), max_size=80) | st.text("ab :,;()●★-–\t.123%/", max_size=40),
        max_size=8,
    )
)
def test_any_text_is_read_and_no_name_is_empty(texts) -> None:
    lines = [Line(text=text) for text in texts if text.strip()]
    for skill in read_skills([Section("skills", "Skills", lines)]):
        assert skill.name == skill.name.strip() != ""
        assert len(skill.name) < 110


@pytest.mark.parametrize("unit", [" ", "(", "★", "-", ". ", ", ", ":", "\t", "and ", "a ", "1 ", "expert "])
def test_long_lines_made_to_mislead_are_read_at_once(unit) -> None:
    lines = [Line(text=f"x{unit * 20_000}y")]
    assert len(read_skills([Section("skills", "Skills", lines)])) <= MAX_SKILLS


def test_a_section_ends_where_a_bold_heading_opens_another(printed) -> None:
    document = Document(
        lines=(
            Line(text="Skills", font_size=13, weight=700),
            Line(text="Budgeting, Logistics", font_size=10),
            Line(text="7.\tReferencias personales", font_size=11, weight=700),
            Line(text="Ana Roe, docente, cel. 300 555 0110", font_size=10),
        )
    )
    assert skills(document) == ["Budgeting", "Logistics"]


def test_a_bold_name_over_a_sentence_is_a_skill_and_over_a_list_a_label() -> None:
    def line(text: str, weight: int = 400) -> Line:
        return Line(text=text, font_size=10, weight=weight)

    told = "Led teams of up to twenty people in three countries on two continents"
    named = [line("Leadership", 700), line(told), line("Negotiation", 700), line(told)]
    listed = [
        line("Cellar", 700),
        line("Filtration / Ageing"),
        line("Laboratory", 700),
        line("HACCP / Titration"),
    ]
    found = [
        [skill.name for skill in read_skills([Section("skills", "", lines)])] for lines in (named, listed)
    ]
    assert found == [["Leadership", "Negotiation"], ["Filtration / Ageing", "HACCP / Titration"]]
