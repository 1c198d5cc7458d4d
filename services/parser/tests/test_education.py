from datetime import date

import pytest

from hotgigs.parser.document import Document, Line
from hotgigs.parser.education import read_education
from hotgigs.parser.grades import find_grade
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.sections import Section


def degrees(document):
    return [
        (entry.degree, entry.institution, entry.location, entry.graduation_date, entry.gpa)
        for entry in understand(document, date(2026, 11, 22)).education
    ]


def test_degree_first_with_grade_behind_the_institution(printed) -> None:
    document = printed("""
        # Education
        B.E. in Computer Engineering\tMay 2015
        College of Engineering Pune, Pune — CGPA: 8.4/10
    """)
    assert degrees(document) == [
        ("B.E. in Computer Engineering", "College of Engineering Pune", "Pune", "2015-05", "8.4")
    ]


def test_institution_first(printed) -> None:
    document = printed("""
        # Education
        Massachusetts Institute of Technology\tCambridge, MA
        Bachelor of Science in Computer Science, GPA: 3.85/4.0\tSep. 2016 -- May 2020
    """)
    assert degrees(document) == [
        (
            "Bachelor of Science in Computer Science",
            "Massachusetts Institute of Technology",
            "Cambridge, MA",
            "2020-05",
            "3.85",
        )
    ]


def test_degree_and_institution_on_one_line(printed) -> None:
    document = printed("""
        # Formation
        2016 : Master Communication des organisations, Université Lumière Lyon 2
        2014 : Licence Information-Communication, Université Jean Moulin Lyon 3
    """)
    assert [(degree, year) for degree, _, _, year, _ in degrees(document)] == [
        ("Master Communication des organisations", "2016"),
        ("Licence Information-Communication", "2014"),
    ]


def test_a_german_grade_keeps_its_comma(printed) -> None:
    document = printed("""
        # Ausbildung
        10/2014 – 09/2016\tM.Sc. Maschinenbau
        Universität Stuttgart, Stuttgart (Note: 1,7)
    """)
    assert degrees(document) == [
        ("M.Sc. Maschinenbau", "Universität Stuttgart", "Stuttgart", "2016-09", "1,7")
    ]


def test_an_institution_that_we_do_not_know_is_told_by_its_place_in_the_entry(printed) -> None:
    document = printed("""
        # Education
        Executive MBA\t2016
        INSEAD, Fontainebleau, France
    """)
    assert degrees(document)[0][:3] == ("Executive MBA", "INSEAD", "Fontainebleau, France")


def test_the_heads_of_a_table_are_no_degree(printed) -> None:
    document = printed("""
        # Educational Qualification
        Course\tInstitution\tYear\tResult
        B.Com\tUniversity of Mumbai, Mumbai\t2012\tGPA: 3.1
    """)
    assert degrees(document) == [("B.Com", "University of Mumbai", "Mumbai", "2012", "3.1")]


def test_a_school_printed_once_is_that_of_all_its_degrees(printed) -> None:
    document = printed("""
        # Education
        Georgia Institute of Technology\tAtlanta, GA
        M.S. in Computer Science\tMay 2020
        B.S. in Physics, GPA: 3.6/4.0\tMay 2018
    """)
    assert degrees(document) == [
        ("M.S. in Computer Science", "Georgia Institute of Technology", "Atlanta, GA", "2020-05", None),
        ("B.S. in Physics", "Georgia Institute of Technology", "Atlanta, GA", "2018-05", "3.6"),
    ]


def test_labels_say_what_a_value_is(printed) -> None:
    document = printed("""
        # Formation
        Période : de septembre 2015 à septembre 2018
        Établissement : Supméca
        Lieu : Nantes
        Diplôme : Ingénieur en mécanique
        Résultat : moyenne 15,4/20
    """)
    assert degrees(document) == [("Ingénieur en mécanique", "Supméca", "Nantes", "2018-09", "15,4")]


def test_an_exchange_and_a_thesis_are_told_apart(printed) -> None:
    document = printed("""
        # Education
        PhD in Marine Biology
        Harwick University, Townsville, Australia
        August 2018 – August 2022
        Thesis: Gatekeepers of the reef, with Merlion University
        Exchange semester, Biology
        Universitet i Bergfjord, Bergfjord, Norway
        August 2016 – December 2016
    """)
    assert [entry[:4] for entry in degrees(document)] == [
        ("PhD in Marine Biology", "Harwick University", "Townsville, Australia", "2022-08"),
        ("Exchange semester, Biology", "Universitet i Bergfjord", "Bergfjord, Norway", "2016-12"),
    ]


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("CGPA: 8.4/10", "8.4"),
        ("Abschlussnote: 1,7", "1,7"),
        ("Notendurchschnitt 2,3", "2,3"),
        ("moyenne 15,4/20", "15,4"),
        ("Nota media: 8,1/10", "8,1"),
        ("GPA 3.87 out of 4.0", "3.87"),
        ("3.9/4.0 GPA", "3.9"),
        ("94.6 %", "94.6"),
        ("Voto: 110/110 e lode", "110"),
        ("Major GPA: 3.9, Cumulative GPA: 3.7", "3.7"),
        ("First-class honours", None),
        ("mention Bien", None),
        ("Grade 12", None),
        ("Top 5% of class", None),
        ("First Class Honours (78%)", "78"),
        ("17 valores", "17"),
        ("8.2 (CGPA)", "8.2"),
        ("3.5 on a 4.0 scale", "3.5"),
        ("gemiddeld 7,9", "7,9"),
        ("09/2015 - 10/2020", None),
    ],
)
def test_grades_on_any_scale_and_what_is_none(line, grade) -> None:
    found = find_grade(line)
    assert (found.value if found else None) == grade


@pytest.mark.parametrize(
    ("line", "degree", "school", "place"),
    [
        ("MBA, INSEAD, Fontainebleau, France, 2016", "MBA", "INSEAD", "Fontainebleau, France"),
        ("Master in Branding, ELISAVA, Barcelona (2016)", "Master in Branding", "ELISAVA", "Barcelona"),
        ("MSc Physics from the University of Ghent, 2012", "MSc Physics", "University of Ghent", None),
        (
            "B.Tech, Indian Institute of Technology, Madras, 2010",
            "B.Tech",
            "Indian Institute of Technology, Madras",
            None,
        ),
        (
            "Licenciatura en Derecho | UNAM | Ciudad de México | 2009",
            "Licenciatura en Derecho",
            "UNAM",
            "Ciudad de México",
        ),
        (
            "Bacharelado em Direito – Universidade de São Paulo (USP), 2011",
            "Bacharelado em Direito",
            "Universidade de São Paulo (USP)",
            None,
        ),
        (
            "2005 – 2008 Ausbildung zum Mechatroniker, Berufsschule Nord, Kiel",
            "Ausbildung zum Mechatroniker",
            "Berufsschule Nord",
            "Kiel",
        ),
        (
            "BTS Comptabilité et gestion, Lycée Jean-Moulin (Béziers), 2014",
            "BTS Comptabilité et gestion",
            "Lycée Jean-Moulin",
            "Béziers",
        ),
        (
            "Stanford University, Stanford, CA — M.S., Statistics, 2019",
            "M.S., Statistics",
            "Stanford University",
            "Stanford, CA",
        ),
    ],
)
def test_degree_school_and_place_on_one_line(printed, line, degree, school, place) -> None:
    assert [entry[:3] for entry in degrees(printed(f"# Education\n{line}"))] == [(degree, school, place)]


def test_studies_that_go_on_have_no_end_but_an_expected_one(printed) -> None:
    document = printed("""
        # Education
        M.Sc. Data Science, TU Wien
        10/2023 – present
        B.Sc. Statistics, TU Wien
        2019 – present, expected June 2027
    """)
    assert [entry[3] for entry in degrees(document)] == [None, "2027-06"]


@pytest.mark.parametrize(
    "text", ["3.41 of a maximum 4.00", "GPA: 3.41 of a maximum 4.00", "3.41 out of 4.00"]
)
def test_a_grade_with_its_maximum_in_words(text: str) -> None:
    grade = find_grade(text)
    assert grade is not None
    assert (grade.value, text[grade.finish :]) == ("3.41", "")


@pytest.mark.parametrize(
    ("degree", "school", "place"),
    [
        ("B.Com. (Computers)", "Ashoka Degree College", "Hyderabad"),
        ("MA in Interpreting", "Sierra Bay Graduate School", "Monterey, USA"),
        ("Gesellenbrief Tischler", "Handwerkskammer Niederrhein", "Duisburg"),
        ("Kauffrau EFZ mit Berufsmaturität", "Berufsschule Surselva", "Ilanz"),
        ("Attestato federale di capacità, cuoco", "Scuola professionale", "Biasca"),
        ("Licenza di scuola media", "Scuola media di Acquarossa", "Biasca"),
        ("F.Sc. (Pre-Medical)", "Government College Sahiwal", "Sahiwal"),
        ("Secundaria completa", "I.E. San Telmo", "Arequipa"),
        ("Ensino Médio completo", "E.E.F.M. Rui Brito", "Fortaleza"),
        ("Titulado en Administración", "Universidad del Norte", "Antofagasta"),
        ("Licență în Informatică", "Universitatea Dacia", "Cluj-Napoca"),
        ("Ylioppilastutkinto", "Tampereen lukio", "Tampere"),
        ("Bachelor in Economics", "Bocconi", "Milan"),
        ("Doktorat, Chemie", "ETH Zürich", "Zürich"),
        ("Lehre als Tischlerin", "Holzbau Hofer", "Salzburg"),
    ],
)
def test_degrees_and_schools_are_known_in_many_countries(printed, degree, school, place) -> None:
    document = printed(f"# Education\n{degree}\n{school}, {place}\n2014")
    assert [entry[:3] for entry in degrees(document)] == [(degree, school, place)]


@pytest.mark.parametrize(
    "text",
    [
        "Técnico em Edificações. Escola do Pecém, Caucaia, 2014",
        "Técnico em Edificações\nEscola do Pecém\nMorada: Caucaia\n2014",
        "Técnico em Edificações\nEscola do Pecém, Caucaia\nMuito bom\n2014",
        "Técnico em Edificações – B+\nEscola do Pecém, Caucaia em 2014",
    ],
)
def test_sentences_labels_and_words_for_grades_are_told_apart(printed, text) -> None:
    found = degrees(printed(f"# Education\n{text}"))
    assert [entry[:3] for entry in found] == [("Técnico em Edificações", "Escola do Pecém", "Caucaia")]


def test_a_school_in_bold_tells_where_its_place_and_its_degree_begin() -> None:
    def line(text: str, y: float, lead: str = "", x1: float = 300) -> Line:
        return Line(
            text=text,
            lead=lead,
            font_size=10,
            page=1,
            x0=20,
            x1=x1,
            y0=y,
            y1=y + 10,
            weight=700 if lead else 400,
        )

    lines = [
        line("Haewon University Busan", 20, "Haewon University"),
        line("B.S. in Physics", 35, x1=120),
        line("2012", 50, x1=40),
        line("Schule für Holz, Biel — Schreinerin mit eidg.", 75, "Schule für Holz,"),
        line("Fachausweis", 90, x1=90),
        line("2016", 105, x1=40),
    ]
    found = read_education([Section("education", "", lines)])
    assert [(entry.degree, entry.institution, entry.location) for entry in found] == [
        ("B.S. in Physics", "Haewon University", "Busan"),
        ("Schreinerin mit eidg. Fachausweis", "Schule für Holz", "Biel"),
    ]


def test_a_place_below_the_school_in_its_cell_is_its_own(printed) -> None:
    document = printed("# Estudios\nFecha\tInstitución\tTítulo obtenido\tPromedio")
    cells = [
        Line(text="2011\tColegio San Telmo\tBachiller Comercial"),
        Line(text="Cali", column=1),
        Line(text="2014 a 2019\tUniversidad del Valle Alto\tContaduría Pública\t4.3 / 5.0"),
        Line(text="Palmira", column=1),
    ]
    document = Document(lines=(*document.lines, *cells))
    assert [entry[1:] for entry in degrees(document)] == [
        ("Colegio San Telmo", "Cali", "2011", None),
        ("Universidad del Valle Alto", "Palmira", "2019", "4.3"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Associate of Applied Science, Dental Hygiene\nMesa Verde College, Phoenix\n2014",
            ("Associate of Applied Science, Dental Hygiene", "Mesa Verde College"),
        ),
        ("Marine Engineer, University of Split, 2005", ("Marine Engineer", "University of Split")),
    ],
)
def test_a_subject_that_is_an_area_of_work_is_no_school(
    printed, lines: str, expected: tuple[str, str]
) -> None:
    (entry,) = understand(printed(f"# Education\n{lines}"), date(2026, 11, 22)).education
    assert (entry.degree, entry.institution) == expected
