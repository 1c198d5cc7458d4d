"""Resumes that are forms: labels before, above and over the columns of values."""

from datetime import date

import pytest

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.parser.document import Document, Line
from hotgigs.parser.extraction.form_tables import cells_of, read_rows, read_table
from hotgigs.parser.form_labels import fields_of
from hotgigs.parser.parse_resume import understand

TODAY = date(2026, 11, 22)


def table(*rows: list[str]) -> list[list[list[Line]]]:
    """A cell's lines are parted by line breaks."""
    return [[[Line(text=text) for text in cell.splitlines()] for cell in row] for row in rows]


def texts(*rows: list[str]) -> list[str]:
    return [line.text for line in read_table(table(*rows))]


def understood(*rows: list[str]) -> ResumeData:
    return understand(Document(lines=tuple(read_table(table(*rows)))), TODAY)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Name and address of employer", "company"),
        ("12. Exact title of your post:", "title"),
        ("Nom de l’employeur", "company"),
        ("Fonction exercée", "title"),
        ("Fecha de ingreso", "begin"),
        ("Fecha de retiro", "end"),
        ("Motivo de retiro", "term"),
        ("Data de admissão", "begin"),
        ("Beschäftigt als", "title"),
        ("Dates (From - To)", "dates"),
        ("Schule / Hochschule", "school"),
        ("Place of birth", "personal"),
    ],
)
def test_labels_are_known_by_their_words(label: str, field: str) -> None:
    assert fields_of(label)[0] == field


@pytest.mark.parametrize("text", ["Office Manager", "John Smith", "Acme Ltd", "2019 - 2021", "a@example.com"])
def test_values_are_no_labels(text: str) -> None:
    assert not fields_of(text)


def test_labels_and_values_side_by_side_make_a_line_each() -> None:
    assert texts(["Surname", "Okoro", "First name(s)", "Ann"], ["Nationality:", "Kenyan"]) == [
        "Surname: Okoro",
        "First name(s): Ann",
        "Nationality: Kenyan",
    ]


def test_a_label_above_its_value_in_a_cell_is_read_before_it() -> None:
    assert texts(["1. Family name\nOKORO", "2. Given names\nAnn Wanjiru"]) == [
        "1. Family name: OKORO",
        "2. Given names: Ann Wanjiru",
    ]


def test_heads_of_columns_stand_before_each_value_and_empty_cells_do_not_move_them() -> None:
    assert texts(
        ["Employer", "Position held", "From", "To", "Duties"],
        ["Acme Ltd", "", "01/2019", "02/2021", "- Ran pumps.\n- Kept books."],
        ["Globex", "Clerk", "03/2021", "", ""],
    ) == [
        "Employer: Acme Ltd",
        "From: 01/2019",
        "To: 02/2021",
        "Duties:",
        "- Ran pumps.",
        "- Kept books.",
        "Employer: Globex",
        "Position held: Clerk",
        "From: 03/2021",
    ]


def test_a_table_goes_on_below_the_heads_of_the_page_before() -> None:
    _, heads = read_rows(table(["Employer", "Job title"], ["Acme Ltd", "Clerk"]))
    lines, _ = read_rows(table(["Globex", "Porter"]), heads)
    assert [line.text for line in lines[0]] == ["Employer: Globex", "Job title: Porter"]


def test_a_list_of_skills_keeps_its_rows_without_their_heads() -> None:
    assert texts(["Skill", "Level", "Years used"], ["Python", "Expert", "6"]) == ["Python\tExpert\t6"]


def test_a_section_beside_its_heading_is_no_value_behind_a_label() -> None:
    assert texts(["Skills", "Excel, Access"]) == ["Skills\tExcel, Access"]


def test_cells_of_a_row_are_told_by_their_column() -> None:
    one, other = Line(text="a"), Line(text="b", column=2)
    assert cells_of([one, other], 3) == [[one], [], [other]]


def test_jobs_of_a_form_are_read_record_by_record() -> None:
    jobs = understood(
        ["Experiencia laboral"],
        [
            "Fecha de ingreso\n01/02/2022",
            "Fecha de retiro\nA la fecha",
            "Cargo\nAnalista contable",
        ],
        ["Empresa o entidad\nIngenio La Paila Blanca S.A.S.", "Municipio\nPalmira"],
        ["Funciones realizadas\nConciliación de cuentas por pagar.\nDeclaraciones de ICA e IVA."],
        ["Motivo de retiro\n–"],
        [
            "Fecha de ingreso\n01/06/2019",
            "Fecha de retiro\n31/01/2022",
            "Cargo\nAuxiliar de nómina",
        ],
        ["Empresa o entidad\nTemporales del Pacífico Ltda.", "Municipio\nCali"],
        ["Funciones realizadas\nLiquidación de nómina de 380 trabajadores."],
    ).experience
    assert [(job.title, job.company, job.location, job.start_date, job.end_date) for job in jobs] == [
        ("Analista contable", "Ingenio La Paila Blanca S.A.S.", "Palmira", "2022-02", None),
        ("Auxiliar de nómina", "Temporales del Pacífico Ltda.", "Cali", "2019-06", "2022-01"),
    ]
    assert len(jobs[0].achievements) == 2


def test_studies_of_a_form_are_read_record_by_record() -> None:
    first, second = understood(
        ["Ausbildung"],
        ["Schule / Hochschule", "Ort", "Erworbener Abschluss", "Note", "Abschlussjahr"],
        ["Technische Universität Rheinhessen", "Mainz", "Diplom-Chemikerin", "1,4", "2013"],
        ["Gymnasium am Kaiserdom", "Speyer", "Abitur", "", "2008"],
    ).education
    assert (first.degree, first.institution, first.gpa) == (
        "Diplom-Chemikerin", "Technische Universität Rheinhessen", "1,4"
    )  # fmt: skip
    assert (second.degree, second.location, second.graduation_date) == ("Abitur", "Speyer", "2008")


def test_names_asked_for_apart_are_one_name(printed) -> None:
    document = printed("""
        APPLICATION FORM
        Family name ........: KAMAU
        First name(s) ......: Wanjiru
        E-mail .............: w.kamau@example.org
    """)
    assert understand(document, TODAY).full_name == "Wanjiru Kamau"


def test_labels_with_dots_after_them_are_read(printed) -> None:
    document = printed("""
        # Work Experience
        Dates of employment .......: January 2020 - Present
        Name of employer ..........: Turag Knit
        Position held .............: Merchandiser
        Description of duties:
        * Balanced 32 sewing lines.
        * Introduced kanban in cutting.
    """)
    (job,) = understand(document, TODAY).experience
    assert (job.company, job.title, job.start_date) == ("Turag Knit", "Merchandiser", "2020-01")
    assert len(job.achievements) == 2


def test_heads_of_skills_and_their_levels_are_no_skills(printed) -> None:
    document = printed("""
        # Skills
        Skill\tLevel\tYears used
        Python\tExpert\t6
        Excel\tGood\t4
    """)
    assert [skill.name for skill in understand(document, TODAY).skills] == ["Python", "Excel"]


def test_values_with_numbers_are_no_labels() -> None:
    assert not fields_of("Promedio 9.3/10")
